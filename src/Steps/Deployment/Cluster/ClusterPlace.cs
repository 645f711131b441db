using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>The nodes of a cluster.</summary>
/// <param name="Nodes">All of them, the entry node first.</param>
/// <param name="AreNamed">The answers name them: on no other may anything run.</param>
/// <param name="DataNode">Keeps database and queue in its engine's volumes; null: host volumes decide.</param>
public sealed record ClusterPlace(IReadOnlyList<NomadNode> Nodes, bool AreNamed, NomadNode? DataNode);
