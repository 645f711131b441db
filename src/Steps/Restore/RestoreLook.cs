using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>Shows what a restore would replace by what, before it is asked for by name.</summary>
public sealed class RestoreLook(Installation installation, RestoreRequest request)
{
    /// <summary>Reads the source to its end and tells what was found. Changes nothing.</summary>
    /// <exception cref="InstallerException">The source cannot be restored here, or another run is active.</exception>
    public async Task TellAsync(CancellationToken cancellation)
    {
        installation.Directory.Prepare();
        var time = installation.World.Time;
        using var held = RunLock.Take(installation.Directory, time);
        installation.Run = FormattableString.Invariant($"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-look");
        var context = installation.ContextOf(StepId.RestoreSource);
        Tell(
            new RestoreSourceOutputs(await new RestoreRun(context, request).RunAsync("look", cancellation)),
            context.Report
        );
    }

    internal static void Tell(RestoreSourceOutputs found, StepReporter report)
    {
        report.Log($"restored: {found.Restored}");
        report.Log($"versions: {found.Versions}{(found.Migrates ? "; the database is migrated" : "")}");
        report.Log($"replaced: {found.Replaced}");
    }
}
