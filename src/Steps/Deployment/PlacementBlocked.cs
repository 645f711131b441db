using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>A group of a job fits on no node.</summary>
public sealed class PlacementBlocked(Job job, IReadOnlyDictionary<string, NomadPlacementFailure> groups, NomadNode node) : InstallerException(
    $"{job.Id} does not fit on {node.Name}: {string.Join("; ", groups.Select(g => $"{g.Key}: {g.Value.Describe()}{Asked(job, g.Key, g.Value, node)}"))}",
    $"Look at what is taken: nomad node status -verbose {node.Name}. Then lower [resources] or [scale] in the answers, or free something.",
    ExitCode.StepFailed)
{
    // For example " (asks for 3 × 4096 of the node's 15900 MiB)". The node's share that others hold, Nomad does not tell here.
    private static string Asked(Job job, string group, NomadPlacementFailure failure, NomadNode node)
    {
        if (job.Groups.FirstOrDefault(g => g.Name == group) is not { } asking)
        {
            return "";
        }

        // A prestart task is gone when the main task starts: a group takes what its largest task takes.
        var times = asking.Count == 1 ? "" : FormattableString.Invariant($"{asking.Count} × ");
        return failure.DimensionExhausted?.Keys.FirstOrDefault() switch
        {
            "memory" => FormattableString.Invariant($" (asks for {times}{asking.Tasks.Max(t => t.Memory)} of the node's {node.NodeResources.Memory.MemoryMB} MiB)"),
            "cpu" => FormattableString.Invariant($" (asks for {times}{asking.Tasks.Max(t => t.Mhz)} of the node's {node.NodeResources.Cpu.CpuShares} MHz)"),
            _ => "",
        };
    }
}
