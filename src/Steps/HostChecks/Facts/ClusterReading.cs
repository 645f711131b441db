using ErpInstaller.Deployment.Cluster;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>The nodes that a cluster would have.</summary>
/// <param name="Nodes">Their names, the entry node's first.</param>
/// <param name="Faults">What keeps them from being one.</param>
/// <param name="LeftOut">Other nodes of Nomad with what keeps each from being one of them.</param>
public sealed record ClusterReading(
    IReadOnlyList<string> Nodes,
    IReadOnlyList<ClusterFault> Faults,
    IReadOnlyList<string> LeftOut
);
