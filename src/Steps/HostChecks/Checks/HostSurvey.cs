using ErpInstaller.Answers;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// What the checks ask while they measure. Several need the same answer of Docker or Nomad: it is asked once, and each
/// waits for it only as long as its own patience lasts.
/// </summary>
public sealed class HostSurvey
{
    private readonly Lazy<Task<DockerEngineInfo>> _dockerInfo;
    private readonly Lazy<Task<IReadOnlyList<DockerContainer>>> _containers;
    private readonly Lazy<Task<NomadAgent>> _agent;
    private readonly Lazy<Task<NomadNode>> _node;
    private readonly Lazy<Task<ClusterNodes>> _cluster;

    /// <param name="previous">What was measured earlier; null when this is the first time.</param>
    /// <param name="ended">Cancelled when the survey is over.</param>
    public HostSurvey(StepContext context, HostFacts? previous, CancellationToken ended)
    {
        Context = context;
        Previous = previous;
        _dockerInfo = new(() => World.Docker.GetInfoAsync(ended));
        _containers = new(() => World.Docker.ListContainersAsync(ended));
        _agent = new(() => World.Nomad.GetAgentAsync(ended));
        _node = new(() => World.Nomad.ResolveNodeAsync(Answers.Nomad.Node, ended));
        _cluster = new(() => FindClusterAsync(ended));
    }

    /// <summary>Answers, release, outside world.</summary>
    public StepContext Context { get; }

    /// <summary>What was measured earlier; null when this is the first time.</summary>
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
    public IReadOnlyList<string> OwnJobs =>
        [Answers.Nomad.Job, $"{Answers.Nomad.Job}-data", $"{Answers.Nomad.Job}-init", $"{Answers.Nomad.Job}-verify"];

    private OutsideWorld World => Context.World;

    /// <inheritdoc cref="IDockerEngine.GetInfoAsync"/>
    public Task<DockerEngineInfo> DockerInfoAsync(CancellationToken cancellation) =>
        _dockerInfo.Value.WaitAsync(cancellation);

    /// <inheritdoc cref="IDockerEngine.ListContainersAsync"/>
    public Task<IReadOnlyList<DockerContainer>> ContainersAsync(CancellationToken cancellation) =>
        _containers.Value.WaitAsync(cancellation);

    /// <inheritdoc cref="NomadClient.GetAgentAsync"/>
    public Task<NomadAgent> AgentAsync(CancellationToken cancellation) => _agent.Value.WaitAsync(cancellation);

    /// <summary>Id of the node in the agent; null when it is a server only, or does not tell this token.</summary>
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

    /// <summary>The node that the answers mean.</summary>
    /// <exception cref="NomadNodeUnknown">There is none.</exception>
    public Task<NomadNode> NodeAsync(CancellationToken cancellation) => _node.Value.WaitAsync(cancellation);

    /// <summary>The nodes of the cluster that the answers mean; null: they mean one node.</summary>
    /// <exception cref="NomadNodeUnknown">One of them does not exist.</exception>
    public async Task<ClusterNodes?> ClusterAsync(CancellationToken cancellation) =>
        Answers.Nomad.Topology == NomadTopology.Cluster ? await _cluster.Value.WaitAsync(cancellation) : null;

    private async Task<ClusterNodes> FindClusterAsync(CancellationToken ended)
    {
        var entry = await NodeAsync(ended);
        return new ClusterNodes(Answers, entry, await Nomad.ResolveClusterAsync(entry, Answers.Cluster.Nodes, ended));
    }
}
