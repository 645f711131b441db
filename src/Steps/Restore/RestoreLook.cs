using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>Reads what a restore would replace by what, before the operator confirms it.</summary>
public sealed class RestoreLook(Installation installation, RestoreRequest request)
{
    /// <summary>Reads the source to its end, and the site that is there. Changes nothing.</summary>
    /// <exception cref="InstallerException">The source cannot be restored here, or another run is active.</exception>
    public async Task<RestoreFound> ReadAsync(CancellationToken cancellation)
    {
        installation.Directory.Prepare();
        var time = installation.World.Time;
        using var held = RunLock.Take(installation.Directory, time);
        installation.Run = FormattableString.Invariant($"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-look");
        var context = installation.ContextOf(StepId.RestoreSource);
        return new RestoreSourceOutputs(
            await new RestoreRun(context, request).RunAsync("look", cancellation)
        ).ToFound();
    }
}

/// <summary>What is restored and what it replaces, in words.</summary>
/// <param name="Restored">The source: of when, with how much data.</param>
/// <param name="Versions">The versions of the source and of the image, and whether the database is migrated.</param>
/// <param name="Replaced">The site that is there.</param>
public sealed record RestoreFound(string Restored, string Versions, string Replaced)
{
    /// <summary>Each with its name.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows =>
        [("restored", Restored), ("versions", Versions), ("replaced", Replaced)];
}
