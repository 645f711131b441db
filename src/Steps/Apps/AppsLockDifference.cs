using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>The differences between two apps locks, for the operator.</summary>
internal static class AppsLockDifference
{
    /// <summary>Lists added, moved and removed apps, and moved base images, in the order of installation.</summary>
    /// <param name="before">The earlier lock; null: there was none.</param>
    /// <param name="notes">App → a note to add to its line.</param>
    public static IReadOnlyList<PlannedChange> Between(
        AppsLock? before,
        AppsLock after,
        IReadOnlyDictionary<string, string>? notes = null
    )
    {
        var known = before ?? new AppsLock();
        return
        [
            .. Base(known.BuildImage, known.BuildDigest, after.BuildImage, after.BuildDigest),
            .. Base(known.RuntimeImage, known.RuntimeDigest, after.RuntimeImage, after.RuntimeDigest),
            .. after
                .Sources()
                .SelectMany(a =>
                    Of(known.Sources().FirstOrDefault(b => b.Name == a.Name), a, notes?.GetValueOrDefault(a.Name))
                ),
            .. known
                .Sources()
                .Where(b => after.Sources().All(a => a.Name != b.Name))
                .Select(b => new PlannedChange(ChangeKind.Destroy, $"lock {b.Name}", "no longer chosen")),
        ];
    }

    private static IEnumerable<PlannedChange> Of(LockedApp? before, LockedApp after, string? note)
    {
        note = note is null ? "" : $", {note}";
        var at = At(after);
        if (before is null)
        {
            yield return new PlannedChange(
                ChangeKind.Create,
                $"lock {after.Name}",
                (after.BroughtBy.Length == 0 ? at : $"{at}, required by {after.BroughtBy}") + note
            );
        }
        else if (before.Commit != after.Commit || before.Url != after.Url || before.Ref != after.Ref)
        {
            var from = before.Ref == after.Ref ? $"{after.Ref}: {Short(before.Commit)}" : At(before);
            var to = before.Ref == after.Ref ? Short(after.Commit) : at;
            yield return new PlannedChange(
                ChangeKind.Update,
                $"lock {after.Name}",
                $"{from} → {to}" + (before.Url == after.Url ? "" : $", now from {after.Url}") + note
            );
        }
    }

    private static IEnumerable<PlannedChange> Base(string imageBefore, string digestBefore, string image, string digest)
    {
        if (imageBefore == image && digestBefore != digest)
        {
            yield return new PlannedChange(
                ChangeKind.Update,
                $"lock {image}",
                $"{ShortDigest(digestBefore)} → {ShortDigest(digest)}"
            );
        }
        else if (imageBefore != image && digest.Length > 0)
        {
            yield return new PlannedChange(
                imageBefore.Length == 0 ? ChangeKind.Create : ChangeKind.Update,
                $"lock {image}",
                ShortDigest(digest)
            );
        }
    }

    private static string At(LockedApp app) =>
        app.Ref == app.Commit ? app.ShownRef : $"{app.Ref} at {Short(app.Commit)}";

    private static string Short(string commit) => commit[..12];

    private static string ShortDigest(string digest) => digest.Length < 19 ? "no digest" : digest[..19];
}
