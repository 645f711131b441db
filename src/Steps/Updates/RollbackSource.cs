using System.Globalization;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>Finds out what a rollback would bring back and what it would lose.</summary>
internal sealed class RollbackSource(StepContext context)
{
    /// <summary>Looks, without changing anything.</summary>
    /// <exception cref="InstallerException">There is no update to go back from, or its backup is gone.</exception>
    public async Task<RollbackOutputs> FindAsync(CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.RolledBack == context.Run)
        {
            return new RollbackOutputs(new PreviousSite(), Found: null) { IsDone = true };
        }

        if (record is { CanGoBack: true, Safeguard: not null, Previous: not null })
        {
            return new RollbackOutputs(record.Previous, Found: null) { Safeguard = record.Safeguard };
        }

        if (record.CanGoBack)
        {
            var unfinished = new PreviousSite
            {
                Image = record.Image,
                Apps = record.Apps,
                Snapshot = record.Snapshot!,
                Secured = record.Began,
            };
            return new RollbackOutputs(unfinished, Found: null);
        }

        if (record is { IsOpen: true, IsAskedFor: false } || record.Previous is not { } previous)
        {
            throw UpdateErrors.NothingToGoBackFrom(record, context);
        }

        // In the image of before: if that is gone, this says so while the site still serves.
        var run = new BackupRun(context) { Serving = (previous.Image, previous.Apps) };
        var found = await run.RunAsync(
            new BackupAction.Lost(context.Run, previous.Snapshot, previous.Opened),
            cancellation
        );
        return new RollbackOutputs(previous, found[^1]);
    }
}

/// <summary>Reads what a rollback would lose, before the operator confirms it.</summary>
public sealed class RollbackLook(Installation installation)
{
    /// <summary>Whether the state directory knows an update that can be rolled back.</summary>
    public static bool CanGoBack(StateDirectory directory) => UpdateRecord.Read(directory).Previous is not null;

    /// <summary>Counts. Changes nothing.</summary>
    /// <returns>Names and values for the operator.</returns>
    /// <exception cref="InstallerException">There is nothing to go back to, or another run is active.</exception>
    public Task<IReadOnlyList<(string Name, string Value)>> ReadAsync(CancellationToken cancellation) =>
        Preview.ReadAsync(installation, StepId.RollbackSource, async context =>
            (await new RollbackSource(context).FindAsync(cancellation)).Rows
        );
}

/// <summary>What a rollback brings back, and what it loses.</summary>
/// <param name="Previous">The site of before.</param>
/// <param name="Found">The script's line; null: nothing was counted, because the site is closed.</param>
internal sealed record RollbackOutputs(PreviousSite Previous, BackupLine? Found) : StepOutputs
{
    private const int Longest = 20;

    /// <summary>This run rolled back before it was interrupted.</summary>
    public bool IsDone { get; init; }

    /// <summary>
    /// The backup of what is lost, which a rollback made before it was interrupted; null: none was made yet.
    /// </summary>
    public string? Safeguard { get; init; }

    /// <summary>The DocTypes with documents that would be lost, the most first.</summary>
    public IReadOnlyList<LostDocuments> Documents => Found?.Lost() ?? [];

    /// <summary>What comes back, in a line.</summary>
    public string Before =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"image {Previous.Image} with {string.Join(", ", Previous.Apps)}; the data of "
                + $"{Previous.Secured.UtcDateTime:yyyy-MM-dd HH:mm 'UTC'} (backup {Previous.Snapshot})"
        );

    /// <summary>What is lost, in a line.</summary>
    public string Lost =>
        IsDone ? "went back already"
        : Safeguard is not null ? $"what was written since; this rollback has put it into backup {Safeguard}"
        : Found is null ? "nothing: the site is closed since its backup"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Documents.Sum(d => d.Created)} documents created, {Documents.Sum(d => d.Changed)} changed and "
                + $"{Found.Number("deleted")} deleted since {Previous.Opened.UtcDateTime:yyyy-MM-dd HH:mm 'UTC'}; "
                + $"{Found.Number("logs")} entries of logs"
        );

    /// <summary>Both for the operator, each line with its name.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows =>
        [
            ("back to", Before),
            ("lost", Lost),
            .. Documents.Take(Longest).Select(d => ("lost", $"{d.Name}: {d.Created} created, {d.Changed} changed")),
            .. Documents.Count > Longest
                ? [("lost", $"documents of {Documents.Count - Longest} more DocTypes")]
                : Array.Empty<(string, string)>(),
        ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            ["backup"] = Previous.Snapshot,
            ["image"] = Previous.Image,
            ["created"] = FormattableString.Invariant($"{Documents.Sum(d => d.Created)}"),
            ["changed"] = FormattableString.Invariant($"{Documents.Sum(d => d.Changed)}"),
            ["deleted"] = FormattableString.Invariant($"{Found?.Number("deleted") ?? 0}"),
        };
}

/// <summary>The backup of what the rollback takes away.</summary>
/// <param name="Snapshot">Its id; null: none was needed.</param>
internal sealed record RollbackSafeguardOutputs(string? Snapshot) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        Snapshot is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["safeguard"] = Snapshot };
}
