using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>Groups of jobs that fit on no node; each with what it lacks.</summary>
public sealed class PlacementBlocked : InstallerException
{
    private PlacementBlocked(string message, string hint)
        : base(message, hint, ExitCode.StepFailed)
    {
    }

    /// <summary>What of these plans does not fit; null when all of it does.</summary>
    internal static PlacementBlocked? Of(IReadOnlyList<PlannedJob> jobs, NomadNode node)
    {
        var blocked = jobs.Where(j => j.Plan.FailedTGAllocs is { Count: > 0 }).ToList();
        return blocked.Count == 0 ? null : new PlacementBlocked(
            string.Join("; ", blocked.Select(j => $"{j.Job.Id} does not fit on {node.Name}: {Groups(j, node)}")),
            Advice([.. blocked.SelectMany(j => j.Plan.FailedTGAllocs!.Values)], node));
    }

    private static string Groups(PlannedJob job, NomadNode node) =>
        string.Join("; ", job.Plan.FailedTGAllocs!.Select(g => $"{g.Key}: {g.Value.Describe()}{Asked(job.Job, g.Key, g.Value, node)}"));

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
            "cpu" => FormattableString.Invariant($" (asks for {times}{node.ToCores(asking.Tasks.Max(t => t.Mhz)):0.##} of the node's {node.ToCores(node.NodeResources.Cpu.CpuShares):0.##} cores)"),
            _ => "",
        };
    }

    private static string Advice(IReadOnlyList<NomadPlacementFailure> failures, NomadNode node)
    {
        var exhausted = failures.SelectMany(f => f.DimensionExhausted?.Keys ?? Enumerable.Empty<string>()).ToHashSet();
        if (exhausted.Any(e => e.Contains("port", StringComparison.Ordinal)))
        {
            return $"Another job holds the port on {node.Name}: nomad node status -verbose {node.Name}. Stop it, or choose other ports: site.http_port, site.https_port.";
        }

        return exhausted.Count > 0
            ? $"Look at what is taken: nomad node status -verbose {node.Name}. Then lower [resources] or [scale] in the answers, or free something."
            : $"Look whether the node is ready, eligible and has what the constraint wants: nomad node status -verbose {node.Name}.";
    }
}
