using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>A group of a job fits on no node.</summary>
public sealed class PlacementBlocked(string job, IReadOnlyDictionary<string, NomadPlacementFailure> groups, string node) : InstallerException(
    $"{job} does not fit on {node}: {string.Join("; ", groups.Select(g => $"{g.Key}: {g.Value.Describe()}"))}",
    $"Look at what is taken: nomad node status -verbose {node}. Then lower [resources] or [scale] in the answers, or free something.",
    ExitCode.StepFailed);
