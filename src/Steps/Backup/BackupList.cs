using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>Lists the backups in the repository.</summary>
public sealed class BackupList(Installation installation)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InstallerException">The repository cannot be read, or another run is active.</exception>
    public Task<BackupsFound> ReadAsync(CancellationToken cancellation) =>
        Preview.ReadAsync(installation, StepId.Backup, context => ReadAsync(context, cancellation));

    private static async Task<BackupsFound> ReadAsync(StepContext context, CancellationToken cancellation)
    {
        var said = await new BackupRun(context).RunAsync(new BackupAction.List(context.Run), cancellation);
        BackupKnown[] backups =
        [
            .. said.Where(l => l.Kind == "snapshot").Select(l => l.ToKnown()).OfType<BackupKnown>(),
        ];
        return new BackupsFound(
            backups,
            said[^1].Number("count"),
            await new ScheduledRuns(context).FindFaultAsync(backups, cancellation)
        );
    }
}

/// <summary>The backups in the repository.</summary>
/// <param name="Backups">Oldest first. Of a long list, the oldest are left out.</param>
/// <param name="Total">How many the repository has.</param>
/// <param name="Fault">What is wrong with the scheduled backups, in a line; null: nothing.</param>
public sealed record BackupsFound(IReadOnlyList<BackupKnown> Backups, long Total, string? Fault);
