using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The chosen node is ready and eligible, its docker driver is healthy, and it is this host, because image and network
/// are made here. In a cluster this holds for every node, but none needs to be this host.
/// </summary>
internal sealed class NomadNodeCheck : HostCheck<NomadNodeFact>
{
    /// <inheritdoc/>
    public override string Id => CheckId.NomadNode;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single
            ? "ready, eligible, docker healthy, this host"
            : "two nodes or more: ready, eligible, docker healthy, with the volumes of the answers";

    /// <inheritdoc/>
    public override async Task<NomadNodeFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var host = probe.Host.ReadIdentity();
        try
        {
            var node = await probe.NodeAsync(cancellation);
            var local = host.Has(probe.Nomad.Address) && await probe.AgentNodeAsync(cancellation) == node.ID;
            return new NomadNodeFact(Read(node), host, local, Cluster: Read(await probe.ClusterAsync(cancellation)))
            {
                DockerMinApi = await DockerMinApiAsync(probe, cancellation),
            };
        }
        catch (NomadNodeUnknown e)
        {
            return new NomadNodeFact(Node: null, host, Problem: e.Message, Hint: e.Hint);
        }
    }

    /// <inheritdoc/>
    public override Verdict Judge(NomadNodeFact fact, AnswerFile answers)
    {
        if (fact.Node is not { } node)
        {
            return new Verdict(
                VerdictKind.Fail,
                fact.Problem ?? "no node",
                Needed(answers),
                fact.Hint ?? HintWhenUnknown(answers)
            );
        }

        if (fact.Cluster is { } cluster)
        {
            return Judge(cluster, node, Needed(answers));
        }

        var (wrong, hint) = Problem(node, fact);
        return wrong is not null
                ? new Verdict(VerdictKind.Fail, $"{node.Name} ({node.Address}): {wrong}", Needed(answers), hint)
            : IsLoopback(node) ? OfThisHostOnly(node, Needed(answers))
            : new Verdict(VerdictKind.Pass, $"{node.Name} ({node.Address}): ready, docker healthy", Needed(answers));
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "nomad node status";

    // nomad agent -dev fingerprints loopback: the site works, but on this host only.
    private static Verdict OfThisHostOnly(NodeReading node, string needed) =>
        new(
            VerdictKind.Warn,
            $"{node.Name} ({node.Address}): ready, docker healthy; its address is loopback, so only this host can "
                + "reach the site",
            needed,
            "For other machines: client { network_interface = \"eth0\" } (the interface with the host's address) in "
                + "the client's "
                + "configuration, then systemctl restart nomad; nomad agent -dev takes -network-interface=eth0"
        );

    private static bool IsLoopback(NodeReading node) =>
        IPAddress.TryParse(node.Address, out var address) && IPAddress.IsLoopback(address);

    private static Verdict Judge(ClusterReading cluster, NodeReading entry, string needed)
    {
        if (cluster.Faults.Count > 0)
        {
            return new Verdict(
                VerdictKind.Fail,
                string.Join("; ", cluster.Faults.Select(f => f.Fault)),
                needed,
                string.Join(" · ", cluster.Faults.Select(f => f.Hint).Distinct())
            );
        }

        var without = cluster.LeftOut.Count == 0 ? "" : $"; without {string.Join("; ", cluster.LeftOut)}";
        return new Verdict(
            VerdictKind.Pass,
            $"{string.Join(", ", cluster.Nodes)}; entry {entry.Name} ({entry.Address}){without}",
            needed
        );
    }

    private static ClusterReading? Read(ClusterNodes? cluster) =>
        cluster is null
            ? null
            : new ClusterReading([.. cluster.Fit.Select(n => n.Name)], [.. cluster.Faults()], cluster.LeftOut);

    private static (string? Wrong, string Hint) Problem(NodeReading node, NomadNodeFact fact) =>
        node switch
        {
            { Status: not "ready" } => (
                $"is {node.Status}",
                $"nomad node status {node.Id}; on the node: systemctl status nomad"
            ),
            { Draining: true } => ("is draining", $"nomad node drain -disable {node.Id}"),
            { Eligibility: not "eligible" } => (
                "is not eligible for new allocations",
                $"nomad node eligibility -enable {node.Id}"
            ),
            { DockerDetected: false } => (
                "its docker driver finds no engine" + (node.DockerSays is { Length: > 0 } said ? $": {said}" : ""),
                DriverHealth.Hint(node.DockerSays, node.Id, fact.DockerMinApi)
            ),
            { DockerHealthy: false } => (
                $"its docker driver is unhealthy: {node.DockerSays}",
                DriverHealth.Hint(node.DockerSays, node.Id, fact.DockerMinApi)
            ),
            _ when !fact.Host.IsNode(node.Address, node.HostName, fact.AgentIsLocal) => (
                $"is not this host ({fact.Host.Name})",
                "Run the installer on the node that nomad.node names, or set nomad.node to this host's node: nomad "
                    + "node status -self -short"
            ),
            _ => (null, ""),
        };

    private static async Task<string?> DockerMinApiAsync(HostProbe probe, CancellationToken cancellation)
    {
        try
        {
            return (await probe.DockerInfoAsync(cancellation)).MinApiVersion;
        }
        catch (Exception e) when (e is DockerUnreachable or DockerRefused)
        {
            return null;
        }
    }

    private static NodeReading Read(NomadNode node)
    {
        var docker = node.Drivers.GetValueOrDefault("docker");
        return new NodeReading(
            node.ID,
            node.Name,
            node.Status,
            node.SchedulingEligibility,
            node.Drain,
            node.HostName,
            node.Address,
            docker?.Detected ?? false,
            docker?.Healthy ?? false,
            docker?.HealthDescription
        );
    }
}
