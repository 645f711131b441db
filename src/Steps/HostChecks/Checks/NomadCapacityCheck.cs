using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The containers fit into the node's free resources. Resources that our own jobs hold count as free.
/// </summary>
public sealed class NomadCapacityCheck : HostCheck<NomadCapacityFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.NomadCapacity;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers)
    {
        var all = ContainerNeed.Serving(answers);
        return $"{all.Millicores / 1000.0:0.0} cores and {all.Memory} MiB reserved";
    }

    /// <inheritdoc/>
    public override async Task<NomadCapacityFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var node = await probe.NodeAsync(cancellation);
        if (await probe.ClusterAsync(cancellation) is not { } cluster)
        {
            return await CollectAsync(node, pinned: null, probe, cancellation);
        }

        var pinned = cluster.Pinned;
        var nodes = await Task.WhenAll(
            cluster
                .Fit.Where(n => n.ID != node.ID)
                .Prepend(node)
                .Select(n =>
                    CollectAsync(n, [.. pinned.Where(p => p.Value.ID == n.ID).Select(p => p.Key)], probe, cancellation)
                )
        );
        return nodes[0] with { Others = nodes[1..] };
    }

    private static async Task<NomadCapacityFact> CollectAsync(
        NomadNode node,
        IReadOnlyList<string>? pinned,
        HostProbe probe,
        CancellationToken cancellation
    )
    {
        var allocations = await probe.Nomad.ListNodeAllocationsAsync(node.ID, cancellation);
        var holdings = allocations
            .Where(a => !a.IsTerminal)
            .GroupBy(a => (a.Namespace, a.JobID))
            .Select(job => new JobHolding(
                job.Key.JobID,
                job.Sum(a => a.AllocatedResources?.Tasks.Values.Sum(t => t.Cpu.CpuShares) ?? 0),
                job.Sum(a => a.AllocatedResources?.Tasks.Values.Sum(t => t.Memory.MemoryMB) ?? 0),
                job.Key.Namespace == probe.Nomad.Namespace && probe.OwnJobs.Contains(job.Key.JobID)
            ));
        return new NomadCapacityFact(
            node.Name,
            node.NodeResources.Cpu.CpuShares,
            node.NodeResources.Memory.MemoryMB,
            node.ReservedResources?.Cpu?.CpuShares ?? 0,
            node.ReservedResources?.Memory?.MemoryMB ?? 0,
            node.KnowsSpeed ? node.ToMhz(1_000_000) / 1000.0 : 0,
            [.. holdings],
            pinned
        );
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadCapacityFact fact, AnswerFile answers)
    {
        var slow = new[] { fact }.Concat(fact.Others ?? []).Where(n => !n.KnowsSpeed).Select(n => n.Node).ToList();
        if (slow.Count > 0)
        {
            return new Verdict(
                VerdictKind.Fail,
                $"Nomad found no CPU speed on {string.Join(", ", slow)}, so it has no MHz for tasks there",
                Needed(answers),
                "There: sudo apt-get install dmidecode && sudo systemctl restart nomad. If nomad node status -verbose "
                    + "-self still shows no cpu.totalcompute: client { cpu_total_compute = 20000 } in the client's "
                    + "configuration (cores × MHz of one core, for example 8 × 2500), then restart it again"
            );
        }

        if (fact.Others is not null)
        {
            return JudgeCluster(fact, answers);
        }

        var first = ContainerNeed.Serving(answers);
        var init = ContainerNeed.Of(answers, JobRole.Init);
        var later = first + init;
        var found =
            $"{fact.FreeMhz / fact.MhzPerCore:0.0} cores ({fact.FreeMhz} MHz) and {fact.FreeMemory} MiB free on "
            + $"{fact.Node}{Others(fact)}";
        if (Lacks(fact, first) is { } lacking)
        {
            return new Verdict(VerdictKind.Fail, found, Needed(answers), Hint(lacking, fact));
        }

        return Lacks(fact, later) is { } later2
            ? new Verdict(
                VerdictKind.Warn,
                found,
                $"{Needed(answers)}, and {init.Millicores / 1000.0:0.0} cores and {init.Memory} MiB when apps are "
                    + "added later",
                Hint(later2, fact)
            )
            : new Verdict(VerdictKind.Pass, found, Needed(answers));
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad node status -self";

    private Verdict JudgeCluster(NomadCapacityFact entry, AnswerFile answers)
    {
        var found = string.Join(
            "; ",
            new[] { entry }
                .Concat(entry.Others!)
                .Select(n => $"{n.Node}: {n.FreeMhz / n.MhzPerCore:0.0} cores and {n.FreeMemory} MiB free{Others(n)}")
        );
        var lacking = Unplaced(entry, answers);
        if (lacking.Count > 0)
        {
            return new Verdict(VerdictKind.Fail, found, Needed(answers), ClusterHint(lacking));
        }

        var init = ContainerGroups.Init.SizeIn(answers);
        lacking = new ContainerPacking(entry).Unplaced(
            ContainerNeed.Each(answers).Append((ContainerGroups.Init.Name, init))
        );
        return lacking.Count > 0
            ? new Verdict(
                VerdictKind.Warn,
                found,
                $"{Needed(answers)}, and {init.Cpu / 1000.0:0.0} cores and {init.Memory} MiB when apps are added later",
                ClusterHint(lacking)
            )
            : new Verdict(VerdictKind.Pass, found, Needed(answers));
    }

    private static string ClusterHint(IReadOnlyList<string> lacking) =>
        $"no node has room for {string.Join(", ", lacking)}: "
        + "lower [resources] or [scale] in the answers, or add a node";

    /// <summary>The containers that fit on no node of the cluster, each with its size.</summary>
    public static IReadOnlyList<string> Unplaced(NomadCapacityFact entry, AnswerFile answers) =>
        new ContainerPacking(entry).Unplaced(ContainerNeed.Each(answers));

    /// <summary>Describes the resources that the node lacks; null when the containers fit.</summary>
    public static string? Lacks(NomadCapacityFact fact, ContainerNeed need)
    {
        var mhz = (long)Math.Ceiling(need.Millicores / 1000.0 * fact.MhzPerCore);
        return (mhz > fact.FreeMhz, need.Memory > fact.FreeMemory) switch
        {
            (true, true) => $"{mhz - fact.FreeMhz} MHz and {need.Memory - fact.FreeMemory} MiB are missing",
            (true, _) => $"{mhz - fact.FreeMhz} MHz are missing",
            (_, true) => $"{need.Memory - fact.FreeMemory} MiB are missing",
            _ => null,
        };
    }

    private static string Others(NomadCapacityFact fact)
    {
        var others = fact.Jobs.Where(j => !j.Ours && j.Mhz + j.Memory > 0).OrderByDescending(j => j.Memory).ToList();
        return others.Count == 0
            ? ""
            : $"; held by {string.Join(", ", others.Take(3).Select(j => $"{j.Job} ({j.Mhz} MHz, {j.Memory} MiB)"))}"
                + (others.Count > 3 ? $" and {others.Count - 3} more" : "");
    }

    private static string Hint(string lacking, NomadCapacityFact fact) =>
        $"{lacking}: lower [resources] or [scale] in the answers"
        + (fact.Jobs.Any(j => !j.Ours) ? ", or stop other jobs: nomad node status -self" : ", or take a larger node");
}
