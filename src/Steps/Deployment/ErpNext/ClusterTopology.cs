using ErpInstaller.Answers;
using ErpInstaller.Deployment.Cluster;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// Several nodes: each group that others need publishes a port that Nomad chooses, and is registered as a Nomad
/// service; templates render the addresses. The sites are shared over the network; other data stays on one node.
/// </summary>
/// <param name="entry">The node that publishes the site's ports.</param>
/// <param name="cacheDatabase">Number of redis-cache's database.</param>
internal sealed class ClusterTopology(AnswerFile answers, NomadNode entry, ClusterPlace cluster, int cacheDatabase)
    : Topology
{
    private const string NodeId = "${node.unique.id}";
    private const int RedisUser = 999;

    private readonly ClusterAnswers _storage = answers.Cluster;
    private readonly string _job = answers.Nomad.Job;

    /// <inheritdoc/>
    public override IReadOnlyList<JobConstraint> Constraints
    {
        get
        {
            JobConstraint[] fit =
            [
                // Clients of different versions spell it differently.
                new("${attr.driver.docker.volumes.enabled}", "true,1", JobConstraint.AnyOf),
                new("${attr.cpu.arch}", entry.Attributes.GetValueOrDefault("cpu.arch", "amd64")),
            ];
            return cluster.AreNamed
                ? [new(NodeId, string.Join(',', cluster.Nodes.Select(n => n.ID)), JobConstraint.AnyOf), .. fit]
                : fit;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Spreads => [NodeId];

    /// <inheritdoc/>
    public override JobGroup Data(JobGroup group, ContainerData data)
    {
        if (data.HostVolume(_storage) is { } source)
        {
            return WithHostVolume(group, "data", source, data.Directory);
        }

        var mounted = WithMounts(group, new JobMount(VolumeNames.Of(_job, data), data.Directory));
        return data.Volume is null ? mounted : On(cluster.DataNode!, mounted);
    }

    /// <summary>
    /// With a password: its port is open to everything that reaches the node, and workers run the jobs in the queue as
    /// code.
    /// </summary>
    public override JobTask Guarded(JobTask redis) =>
        redis with
        {
            Args = ["/secrets/redis.conf", .. redis.Args],
            Templates =
            [
                .. redis.Templates,
                new JobTemplate(
                    $"{{{{with nomadVar \"{VariablePaths.Data(_job)}\"}}}}requirepass "
                        + $"{{{{.{VariablePaths.RedisPassword}}}}}{{{{end}}}}\n",
                    "secrets/redis.conf",
                    "0400",
                    RedisUser,
                    TemplateChange.Restart
                ),
            ],
        };

    /// <inheritdoc/>
    public override JobGroup Bench(JobGroup group, string job, TemplateChange onMove) =>
        WithSites(
            group.WithTasks(t =>
                t with
                {
                    ExtraHosts = [.. t.ExtraHosts, .. new SiteHosts(answers, entry).OfBench],
                    Templates =
                    [
                        .. t.Templates,
                        new JobTemplate(
                            ServiceTemplates.Environment(
                                _job,
                                VariablePaths.Application(job),
                                VariablePaths.Task(job, group.Name, t.Name),
                                cacheDatabase
                            ),
                            "secrets/services.env",
                            "0400",
                            BenchPaths.User,
                            onMove
                        )
                        {
                            IsEnvironment = true,
                        },
                    ],
                }
            )
        );

    /// <summary>
    /// On the node that the site's name resolves to. Behind Traefik, which finds it through Nomad, on any node.
    /// </summary>
    public override JobGroup Entry(JobGroup group) =>
        answers.Certificate.Mode == CertificateMode.LetsEncrypt ? WithSites(group) : On(entry, WithSites(group));

    /// <inheritdoc/>
    public override JobGroup Reached(JobGroup group, ContainerPort port)
    {
        var label = port.Alias.Replace('-', '_');
        return group.WithTasks(t => t with { Ports = [label] }) with
        {
            Ports = [new JobPort(label, Static: null, port.Number)],

            // A service of the group, not of the task: it stays registered while the task is restarted.
            Services = [new JobService(ServiceNames.Of(_job, port.Alias), label, []) { AddressMode = "host" }],
        };
    }

    private static JobGroup On(NomadNode node, JobGroup group) =>
        group with
        {
            Constraints = [new JobConstraint(NodeId, node.ID)],
        };

    private JobGroup WithSites(JobGroup group) =>
        _storage.SitesVolume is { } volume
            ? WithHostVolume(WithMounts(group, VolumeNames.Logs(_job)), "sites", volume, BenchPaths.Sites)
            : WithMounts(group, Nfs(_storage.SitesNfs!, _storage.SitesNfsOptions), VolumeNames.Logs(_job));

    private static JobGroup WithMounts(JobGroup group, params JobMount[] mounts) =>
        group.WithTasks(t => t with { Mounts = mounts });

    private static JobGroup WithHostVolume(JobGroup group, string name, string source, string directory) =>
        group.WithTasks(t => t with { VolumeMounts = [.. t.VolumeMounts, new JobVolumeMount(name, directory)] }) with
        {
            Volumes = [.. group.Volumes, new JobVolume(name, source)],
        };

    private JobMount Nfs(string export, string options)
    {
        var colon = export.IndexOf(':', StringComparison.Ordinal);
        return new JobMount(VolumeNames.OfNfs(_job, export, options), BenchPaths.Sites)
        {
            DriverOptions = new Dictionary<string, string>
            {
                ["type"] = "nfs",
                ["device"] = export[colon..],
                ["o"] = $"addr={export[..colon]},{options}",
            },
        };
    }
}
