using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>The node that would run everything.</summary>
/// <param name="Node">As Nomad knows it; null: the answers name none that exists.</param>
/// <param name="Host">The machine that the installer runs on.</param>
/// <param name="AgentIsLocal">The agent was asked at an address of this machine, and the node is its own.</param>
/// <param name="Problem">Why there is no node.</param>
/// <param name="Hint">What to do about that.</param>
/// <param name="Cluster">The nodes that there would be beside it; null: it is the only one.</param>
public sealed record NomadNodeFact(
    NodeReading? Node,
    HostIdentity Host,
    bool AgentIsLocal = false,
    string? Problem = null,
    string? Hint = null,
    ClusterReading? Cluster = null
) : HostFact;
