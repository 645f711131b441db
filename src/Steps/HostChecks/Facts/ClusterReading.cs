using ErpInstaller.Deployment.Cluster;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>The nodes of a cluster.</summary>
/// <param name="Nodes">Names of the nodes that can be used, the entry node first.</param>
/// <param name="Faults">The reasons why they cannot form a cluster.</param>
/// <param name="LeftOut">Nomad's other nodes, each with the reason why it is left out.</param>
internal sealed record ClusterReading(
    IReadOnlyList<string> Nodes,
    IReadOnlyList<ClusterFault> Faults,
    IReadOnlyList<string> LeftOut
);
