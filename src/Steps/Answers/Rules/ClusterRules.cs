using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules for <c>[cluster]</c>: the keys that a cluster needs, and that a single node must not have.</summary>
internal sealed class ClusterRules(CheckedKeys keys, AnswerFile answers, ProblemList problems)
{
    private const string Topology = "nomad.topology";
    private const string Job = "nomad.job";
    private const string Nodes = "cluster.nodes";
    private const string DataNode = "cluster.data_node";
    private const string DatabaseVolume = "cluster.database_volume";
    private const string QueueVolume = "cluster.redis_queue_volume";
    private const string SitesNfs = "cluster.sites_nfs";
    private const string SitesNfsOptions = "cluster.sites_nfs_options";
    private const string SitesVolume = "cluster.sites_volume";
    private const string Registry = "image.registry";
    private const string Reference = "image.reference";

    // A service is named after the job, at most JOB-redis-socketio; Nomad takes 63 characters (RFC 1123).
    private const int LongestJob = 48;

    // A key with its default value is no mistake: a file with every key is valid for a single node, too.
    private static readonly (string Key, Func<ClusterAnswers, bool> Says)[] Own =
    [
        (Nodes, a => a.Nodes.Count > 0),
        (DataNode, _ => true),
        (DatabaseVolume, _ => true),
        (QueueVolume, _ => true),
        (SitesNfs, _ => true),
        (SitesNfsOptions, OwnOptions),
        (SitesVolume, _ => true),
    ];

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (!keys.IsSound(Topology))
        {
            return;
        }

        if (answers.Nomad.Topology == NomadTopology.Single)
        {
            foreach (var (key, _) in Own.Where(o => keys.Has(o.Key) && o.Says(answers.Cluster)))
            {
                problems.Add(
                    keys.PlaceOf(key),
                    key,
                    "belongs to the topology cluster, and the topology is single",
                    "did you mean topology = \"cluster\"?"
                );
            }

            return;
        }

        CheckNodes();
        CheckData();
        CheckSites();
        CheckImage();
    }

    private void CheckNodes()
    {
        if (keys.IsSound(Nodes) && answers.Cluster.Nodes.Count == 1)
        {
            problems.Add(
                keys.PlaceOf(Nodes),
                Nodes,
                "names one node; a cluster needs two or more",
                "did you mean topology = \"single\"?"
            );
        }

        if (keys.IsSound(Job) && answers.Nomad.Job.Length > LongestJob)
        {
            problems.Add(
                keys.PlaceOf(Job),
                Job,
                $"has {answers.Nomad.Job.Length} characters; in a cluster at most {LongestJob} fit, because service "
                    + "names contain it"
            );
        }
    }

    private void CheckData()
    {
        string[] volumes = [DatabaseVolume, QueueVolume];
        if (keys.Has(DataNode))
        {
            foreach (var volume in volumes.Where(keys.Has))
            {
                problems.Add(
                    keys.PlaceOf(volume),
                    volume,
                    $"conflicts with {DataNode}: both say where the data is",
                    "leave one of them out"
                );
            }
        }
        else if (!volumes.Any(keys.Has))
        {
            problems.Add(
                keys.PlaceOf(Topology),
                DataNode,
                "is missing: the topology cluster needs a place for the database and the queue",
                $"add {DataNode}, or {DatabaseVolume} and {QueueVolume}"
            );
        }
        else
        {
            foreach (var volume in volumes.Where(v => !keys.Has(v)))
            {
                problems.Add(
                    keys.PlaceOf(volume),
                    volume,
                    $"is missing: database and queue both need a host volume, or both are kept on {DataNode}"
                );
            }
        }
    }

    private void CheckSites()
    {
        if (keys.Has(SitesNfs) && keys.Has(SitesVolume))
        {
            problems.Add(
                keys.PlaceOf(SitesVolume),
                SitesVolume,
                $"conflicts with {SitesNfs}: both say where the sites are",
                "leave one of them out"
            );
        }
        else if (!keys.Has(SitesNfs) && !keys.Has(SitesVolume))
        {
            problems.Add(
                keys.PlaceOf(Topology),
                SitesNfs,
                "is missing: in a cluster all nodes share the sites, and a Docker volume exists on one node only",
                $"add {SitesNfs}, or {SitesVolume}"
            );
        }
        else if (keys.Has(SitesNfsOptions) && !keys.Has(SitesNfs) && OwnOptions(answers.Cluster))
        {
            problems.Warn(keys.PlaceOf(SitesNfsOptions), SitesNfsOptions, $"has no effect: there is no {SitesNfs}");
        }
    }

    private void CheckImage()
    {
        if (answers.Image.Source == ImageSource.Build)
        {
            if (keys.IsSound(Registry) && answers.Image.Registry.Length == 0)
            {
                problems.Add(
                    keys.PlaceOf(keys.Has(Registry) ? Registry : Topology),
                    Registry,
                    "is empty: every node of a cluster pulls the image from a registry",
                    "registry = \"registry.example.com:5000\""
                );
            }
        }
        else if (
            keys.IsSound(Reference)
            && answers.Image.Reference is { } reference
            && !reference.Contains('/', StringComparison.Ordinal)
        )
        {
            problems.Add(
                keys.PlaceOf(Reference),
                Reference,
                "names no registry and no user of Docker Hub: the other nodes could not pull it",
                $"did you mean \"registry.example.com:5000/{reference}\"?"
            );
        }
    }

    private static bool OwnOptions(ClusterAnswers cluster) =>
        cluster.SitesNfsOptions != new ClusterAnswers().SitesNfsOptions;
}
