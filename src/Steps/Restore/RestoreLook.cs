using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>Reads what a restore would replace by what, before the operator confirms it.</summary>
public sealed class RestoreLook(Installation installation, RestoreRequest request)
{
    /// <summary>Reads the source to its end, and the site that is there. Changes nothing.</summary>
    /// <returns>Names and values for the operator.</returns>
    /// <exception cref="InstallerException">The source cannot be restored here, or another run is active.</exception>
    public Task<IReadOnlyList<(string Name, string Value)>> ReadAsync(CancellationToken cancellation) =>
        Preview.ReadAsync(installation, StepId.RestoreSource, async context =>
            new RestoreSourceOutputs(await new RestoreRun(context, request).RunAsync("look", cancellation)).Rows
        );
}
