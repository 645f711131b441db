using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>Lists the backups in the repository.</summary>
public sealed class BackupList(Installation installation)
{
    /// <summary>
    /// The backups, oldest first, and how many the repository has: of a long list, the oldest are left out.
    /// </summary>
    /// <exception cref="InstallerException">The repository cannot be read, or another run is active.</exception>
    public async Task<(IReadOnlyList<BackupKnown> Backups, long Total)> ReadAsync(CancellationToken cancellation)
    {
        installation.Directory.Prepare();
        var time = installation.World.Time;
        // Registering the job would stop a backup that this directory's run is making.
        using var held = RunLock.Take(installation.Directory, time);
        var run = FormattableString.Invariant($"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        var said = await new BackupRun(installation.ContextOf(StepId.Backup)).RunAsync(
            new BackupAction.List(run),
            cancellation
        );
        return (
            [.. said.Where(l => l.Kind == "snapshot").Select(l => l.ToKnown()).OfType<BackupKnown>()],
            said[^1].Number("count")
        );
    }
}
