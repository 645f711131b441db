using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>The error of groups that fit on no node, each with the resources that are missing.</summary>
internal static class PlacementBlocked
{
    /// <summary>The error for these plans; null when all of them fit.</summary>
    public static InstallerException? Of(IEnumerable<PlannedJob> jobs, JobInputs inputs)
    {
        var blocked = jobs.Where(j => j.Plan.FailedTGAllocs is { Count: > 0 }).ToList();
        return blocked.Count == 0
            ? null
            : new InstallerException(
                ErrorCode.PlacementBlocked,
                string.Join(
                    "; ",
                    blocked.Select(j => $"{j.Job.Id} does not fit on {inputs.Names}: {Groups(j, inputs)}")
                ),
                Advice([.. blocked.SelectMany(j => j.Plan.FailedTGAllocs!.Values)], inputs)
            );
    }

    private static string Groups(PlannedJob job, JobInputs inputs) =>
        string.Join(
            "; ",
            job.Plan.FailedTGAllocs!.Select(g =>
                $"{g.Key}: {g.Value.Describe()}{Asked(job.Job, g.Key, g.Value, inputs)}"
            )
        );

    // For example " (asks for 3 × 4096 of the node's 15900 MiB)". Nomad does not report here how much other jobs use.
    private static string Asked(Job job, string group, NomadPlacementFailure failure, JobInputs inputs)
    {
        if (job.Groups.FirstOrDefault(g => g.Name == group) is not { } asking)
        {
            return "";
        }

        // A prestart task ends before the main task starts, so a group needs as much as its largest task.
        var times = asking.Count == 1 ? "" : FormattableString.Invariant($"{asking.Count} × ");
        var (memory, mhz) = (asking.Tasks.Max(t => t.Memory), asking.Tasks.Max(t => t.Mhz));
        return (failure.DimensionExhausted?.Keys.FirstOrDefault(), inputs) switch
        {
            ("memory", { Cluster: null }) => FormattableString.Invariant(
                $" (asks for {times}{memory} of the node's {inputs.Node.NodeResources.Memory.MemoryMB} MiB)"
            ),
            ("cpu", { Cluster: null }) => FormattableString.Invariant(
                $" (asks for {times}{inputs.Node.ToCores(mhz):0.##} of the node's {AllCores(inputs.Node):0.##} cores)"
            ),
            ("memory", _) => FormattableString.Invariant($" (asks for {times}{memory} MiB)"),
            ("cpu", _) => FormattableString.Invariant($" (asks for {times}{inputs.Node.ToCores(mhz):0.##} cores)"),
            _ => "",
        };
    }

    private static double AllCores(NomadNode node) => node.ToCores(node.NodeResources.Cpu.CpuShares);

    private static string Advice(IReadOnlyList<NomadPlacementFailure> failures, JobInputs inputs)
    {
        var exhausted = failures.SelectMany(f => f.DimensionExhausted?.Keys ?? Enumerable.Empty<string>()).ToHashSet();
        if (exhausted.Any(e => e.Contains("port", StringComparison.Ordinal)))
        {
            return $"Another job holds the port on {inputs.Node.Name}: nomad node status -verbose {inputs.Node.Name}. "
                + "Stop it, or choose other ports: site.http_port, site.https_port.";
        }

        var look = inputs.Cluster is null
            ? $"nomad node status -verbose {inputs.Node.Name}"
            : "nomad node status -verbose NODE, of each";
        return exhausted.Count > 0
            ? $"See what is in use: {look}. Then lower [resources] or [scale] in the answers, or free resources."
            : "Check that the "
                + (inputs.Cluster is null ? "node is ready, eligible and has" : "nodes are ready, eligible and have")
                + $" what the constraint requires: {look}.";
    }
}
