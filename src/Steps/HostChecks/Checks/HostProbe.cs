using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Shares what the checks read while they measure. Several need the same answer from Docker or Nomad: it is requested
/// once, and each check waits for it up to its own timeout.
/// </summary>
public sealed class HostProbe
{
    private readonly Lazy<Task<DockerEngineInfo>> _dockerInfo;
    private readonly Lazy<Task<IReadOnlyList<DockerContainer>>> _containers;
    private readonly Lazy<Task<IReadOnlyList<DockerNetwork>>> _networks;
    private readonly Lazy<Task<NomadAgent>> _agent;
    private readonly Lazy<Task<NomadNode>> _node;
    private readonly Lazy<Task<ClusterNodes>> _cluster;

    /// <param name="previous">The facts of an earlier run; null on the first run.</param>
    /// <param name="ended">Cancelled when all checks have ended.</param>
    public HostProbe(StepContext context, HostFacts? previous, CancellationToken ended)
    {
        Context = context;
        Previous = previous;
        _dockerInfo = new(() => World.Docker.GetInfoAsync(ended));
        _containers = new(() => World.Docker.ListContainersAsync(ended));
        _networks = new(() => World.Docker.ListNetworksAsync(ended));
        _agent = new(() => World.Nomad.GetAgentAsync(ended));
        _node = new(() => World.Nomad.ResolveNodeAsync(Answers.Nomad.Node, ended));
        _cluster = new(() => FindClusterAsync(ended));
    }

    /// <summary>The answers, the release and the outside world.</summary>
    public StepContext Context { get; }

    /// <summary>The facts of an earlier run; null on the first run.</summary>
    public HostFacts? Previous { get; }

    /// <inheritdoc cref="StepContext.Answers"/>
    public AnswerFile Answers => Context.Answers;

    /// <inheritdoc cref="OutsideWorld.Host"/>
    public IHost Host => Context.World.Host;

    /// <inheritdoc cref="OutsideWorld.Time"/>
    public TimeProvider Time => Context.World.Time;

    /// <inheritdoc cref="OutsideWorld.Nomad"/>
    public NomadClient Nomad => Context.World.Nomad;

    /// <summary>Ids of this installation's jobs.</summary>
    public IReadOnlyList<string> OwnJobs => new JobIds(Answers.Nomad.Job).All;

    private OutsideWorld World => Context.World;

    /// <inheritdoc cref="IDockerEngine.GetInfoAsync"/>
    public Task<DockerEngineInfo> DockerInfoAsync(CancellationToken cancellation) =>
        _dockerInfo.Value.WaitAsync(cancellation);

    /// <summary>Whether the engine labels containers for SELinux; null: it does not answer.</summary>
    public async Task<bool?> HasSelinuxAsync(CancellationToken cancellation)
    {
        try
        {
            return (await DockerInfoAsync(cancellation)).SecurityOptions.Contains("selinux");
        }
        catch (Exception e) when (e is DockerUnreachable or DockerRefused)
        {
            return null;
        }
    }

    /// <inheritdoc cref="IDockerEngine.ListContainersAsync"/>
    public Task<IReadOnlyList<DockerContainer>> ContainersAsync(CancellationToken cancellation) =>
        _containers.Value.WaitAsync(cancellation);

    /// <inheritdoc cref="IDockerEngine.ListNetworksAsync"/>
    public Task<IReadOnlyList<DockerNetwork>> NetworksAsync(CancellationToken cancellation) =>
        _networks.Value.WaitAsync(cancellation);

    /// <inheritdoc cref="NomadClient.GetAgentAsync"/>
    public Task<NomadAgent> AgentAsync(CancellationToken cancellation) => _agent.Value.WaitAsync(cancellation);

    /// <summary>
    /// Id of the agent's own node; null when the agent is only a server, or the token may not read it.
    /// </summary>
    public async Task<string?> AgentNodeAsync(CancellationToken cancellation)
    {
        try
        {
            return (await AgentAsync(cancellation)).Stats.Client?.NodeId;
        }
        catch (NomadDenied)
        {
            return null;
        }
    }

    /// <summary>The node that the answers name.</summary>
    /// <exception cref="NomadNodeUnknown">It does not exist.</exception>
    public Task<NomadNode> NodeAsync(CancellationToken cancellation) => _node.Value.WaitAsync(cancellation);

    /// <summary>The nodes of the cluster; null: the answers ask for a single node.</summary>
    /// <exception cref="NomadNodeUnknown">One of them does not exist.</exception>
    public async Task<ClusterNodes?> ClusterAsync(CancellationToken cancellation) =>
        Answers.Nomad.Topology == NomadTopology.Cluster ? await _cluster.Value.WaitAsync(cancellation) : null;

    private async Task<ClusterNodes> FindClusterAsync(CancellationToken ended)
    {
        var entry = await NodeAsync(ended);
        return new ClusterNodes(Answers, entry, await Nomad.ResolveClusterAsync(entry, Answers.Cluster.Nodes, ended));
    }
}
