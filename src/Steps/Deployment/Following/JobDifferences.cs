using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>Describes the differences that Nomad found in a group: field, before, after.</summary>
internal sealed class JobDifferences(NomadJobDiff? diff)
{
    private const int LongestValue = 60;

    /// <summary>
    /// "Config.image: a → b" for every different field, those of the group first, then those of the job; empty for a
    /// new group.
    /// </summary>
    public string Of(string group)
    {
        var found = diff?.TaskGroups?.FirstOrDefault(g => g.Name == group);
        if (found is null or { Type: "Added" })
        {
            return "";
        }

        var fields = Fields("", found.Fields, found.Objects)
            .Concat((found.Tasks ?? []).SelectMany(t => Fields("", t.Fields, t.Objects)))
            .Concat(diff!.Type == "Added" ? [] : Fields("job ", diff.Fields, diff.Objects));
        return string.Join("; ", fields.Where(f => f.Type != "None").Select(Words).Distinct());
    }

    private static IEnumerable<NomadFieldDiff> Fields(
        string prefix,
        List<NomadFieldDiff>? fields,
        List<NomadObjectDiff>? objects
    ) =>
        (fields ?? [])
            .Select(f => f with { Name = prefix + f.Name })
            .Concat(Paired(objects ?? []).SelectMany(o => Fields($"{prefix}{o.Name}.", o.Fields, o.Objects)));

    // Nomad reports a changed port as a deleted and an added network, with all unchanged fields in both.
    private static IEnumerable<NomadObjectDiff> Paired(IEnumerable<NomadObjectDiff> objects) =>
        objects
            .GroupBy(o => (o.Name, Label(o)))
            .SelectMany(same =>
                same.Count() == 2
                && same.FirstOrDefault(o => o.Type == "Deleted") is { } deleted
                && same.FirstOrDefault(o => o.Type == "Added") is { } added
                    ? [Merged(deleted, added)]
                    : same.AsEnumerable()
            );

    private static NomadObjectDiff Merged(NomadObjectDiff deleted, NomadObjectDiff added) =>
        new()
        {
            Name = added.Name,
            Type = "Edited",
            Fields = [.. (deleted.Fields ?? []).Concat(added.Fields ?? []).GroupBy(f => f.Name).Select(Merged)],
            Objects = [.. Paired((deleted.Objects ?? []).Concat(added.Objects ?? []))],
        };

    private static NomadFieldDiff Merged(IGrouping<string, NomadFieldDiff> same)
    {
        var (before, after) = (
            same.FirstOrDefault(f => f.Type == "Deleted")?.Old ?? "",
            same.FirstOrDefault(f => f.Type == "Added")?.New ?? ""
        );
        return new NomadFieldDiff
        {
            Name = same.Key,
            Type = before == after ? "None" : "Edited",
            Old = before,
            New = after,
        };
    }

    private static string? Label(NomadObjectDiff o) =>
        o.Fields?.FirstOrDefault(f => f.Name == "Label") is { } label ? label.Old + label.New : null;

    private static string Words(NomadFieldDiff field)
    {
        var (line, before, after) = FirstDifference(field.Old, field.New);
        var place = line > 0 ? FormattableString.Invariant($" line {line}") : "";
        return $"{field.Name}{place}: {Short(before)} → {Short(after)}";
    }

    // For a file (the text of a template) only the first different line is shown, because it may have many.
    private static (int Line, string Before, string After) FirstDifference(string before, string after)
    {
        if (!before.Contains('\n', StringComparison.Ordinal) || !after.Contains('\n', StringComparison.Ordinal))
        {
            return (0, before, after);
        }

        var (old, changed) = (before.Split('\n'), after.Split('\n'));
        var at = Enumerable
            .Range(0, Math.Max(old.Length, changed.Length))
            .First(i => old.ElementAtOrDefault(i) != changed.ElementAtOrDefault(i));
        return (at + 1, (old.ElementAtOrDefault(at) ?? "").Trim(), (changed.ElementAtOrDefault(at) ?? "").Trim());
    }

    private static string Short(string value) =>
        value.Length == 0 ? "(none)"
        : value.Contains('\n', StringComparison.Ordinal) ? $"({value.Length} characters)"
        : value.Length > LongestValue ? $"{value[..LongestValue]}…"
        : value;
}
