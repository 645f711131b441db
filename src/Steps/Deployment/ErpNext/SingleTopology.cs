using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Everything on one node: names in a Docker network, volumes of its engine.</summary>
/// <param name="cacheDatabase">Number of redis-cache's database.</param>
internal sealed class SingleTopology(AnswerFile answers, NomadNode node, int cacheDatabase) : Topology
{
    private const string VolumesEnabled = "driver.docker.volumes.enabled";

    /// <summary>
    /// An option of resolv.conf. Docker's resolver asks the host's DNS servers for a name that no container has at the
    /// moment, and while these do not answer, each request hangs (10 s were measured). If ndots is set, even to its
    /// default value, the resolver itself answers for names without a dot, at once (libnetwork, resolver.go: NdotsSet).
    /// </summary>
    public const string NamesOfTheNetworkOnly = "ndots:0";

    private static readonly ContainerPort Cache = ContainerGroups.RedisCache.Port!;

    private readonly string _job = answers.Nomad.Job;
    private readonly SiteHosts _hosts = new(answers, node);

    /// <inheritdoc/>
    public override IReadOnlyList<JobConstraint> Constraints =>
        [
            new("${node.unique.id}", node.ID),
            // Without it the tasks would fail at their start: "volumes are not enabled; cannot mount volume".
            new($"${{attr.{VolumesEnabled}}}", node.Attributes.GetValueOrDefault(VolumesEnabled, "true")),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Spreads => [];

    /// <inheritdoc/>
    public override JobGroup Data(JobGroup group, ContainerData data) =>
        group.WithTasks(t =>
            t with
            {
                Network = _job,
                Mounts = [new JobMount(VolumeNames.Of(_job, data), data.Directory)],
            }
        );

    /// <summary>Unchanged, because nothing outside the network reaches it.</summary>
    public override JobTask Guarded(JobTask redis) => redis;

    /// <inheritdoc/>
    public override JobGroup Bench(JobGroup group, string job, TemplateChange onMove) =>
        WithSites(group)
            .WithTasks(t =>
                t with
                {
                    ExtraHosts = [.. t.ExtraHosts, .. _hosts.OfBench],
                    Env = new Dictionary<string, string>(t.Env)
                    {
                        ["FRAPPE_REDIS_CACHE"] = FormattableString.Invariant(
                            $"redis://{Cache.Alias}:{Cache.Number}/{cacheDatabase}"
                        ),
                    },
                }
            );

    /// <summary>
    /// Containers reach it by the site's name in the network. That needs neither DNS nor a node's address, and no
    /// firewall of the host is on the way.
    /// </summary>
    public override JobGroup Entry(JobGroup group) =>
        WithSites(group).WithTasks(t => t with { Aliases = [.. t.Aliases, .. _hosts.OfFrontend] });

    /// <inheritdoc/>
    public override JobGroup Reached(JobGroup group, ContainerPort port) =>
        group.WithTasks(t => t with { Aliases = [port.Alias] });

    private JobGroup WithSites(JobGroup group) =>
        group.WithTasks(t =>
            t with
            {
                Network = _job,
                DnsOptions = [NamesOfTheNetworkOnly],
                Mounts = [new JobMount($"{_job}-sites", BenchPaths.Sites), VolumeNames.Logs(_job)],
            }
        );
}
