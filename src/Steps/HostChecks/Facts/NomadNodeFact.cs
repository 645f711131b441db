using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>The node that runs the containers; in a cluster the entry node.</summary>
/// <param name="Node">The node at Nomad; null: the node that the answers name does not exist.</param>
/// <param name="Host">The machine that the installer runs on.</param>
/// <param name="AgentIsLocal">The agent's address is one of this machine's, and the node is the agent's own.</param>
/// <param name="Problem">Why there is no node.</param>
/// <param name="Hint">What to do about that.</param>
/// <param name="DockerMinApi">The lowest API version of this host's Docker engine; null: it does not answer.</param>
/// <param name="Cluster">The nodes of the cluster; null: a single node.</param>
internal sealed record NomadNodeFact(
    NodeReading? Node,
    HostIdentity Host,
    bool AgentIsLocal = false,
    string? Problem = null,
    string? Hint = null,
    ClusterReading? Cluster = null,
    string? DockerMinApi = null
) : HostFact;
