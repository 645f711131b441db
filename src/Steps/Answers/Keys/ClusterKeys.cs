using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.ClusterAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[cluster]</c>.</summary>
internal static class ClusterKeys
{
    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "cluster",
            "For the topology cluster: its nodes, and where the data is kept.",
            a => a.Cluster,
            (a, v) => a with { Cluster = v },
            [
                Texts(
                    "nodes",
                    "Names or ids of the nodes. Empty: all ready nodes in the datacenter and node pool of nomad.node.",
                    TextRules.Node,
                    c => c.Nodes,
                    (c, v) => c with { Nodes = v }
                ) with
                {
                    Label = "Nodes of the cluster",
                    Applies = IsCluster,
                    WhenAbsent = "all that are ready",
                },
                Text(
                    "data_node",
                    "Name or id of the node whose Docker volumes hold the database and the queue.",
                    TextRules.Node,
                    c => c.DataNode,
                    (c, v) => c with { DataNode = v }
                ) with
                {
                    Label = "Data node",
                    Applies = a => IsCluster(a) && a.Cluster.DatabaseVolume is null,
                },
                Text(
                    "database_volume",
                    "Instead of data_node: host volume of the database, on one of the nodes.",
                    TextRules.HostVolume,
                    c => c.DatabaseVolume,
                    (c, v) => c with { DatabaseVolume = v }
                ) with
                {
                    Label = "Database host volume",
                    Applies = IsCluster,
                    WhenAbsent = "none: Docker's, on the data node",
                },
                Text(
                    "redis_queue_volume",
                    "Instead of data_node: host volume of the queue, on one of the nodes.",
                    TextRules.HostVolume,
                    c => c.RedisQueueVolume,
                    (c, v) => c with { RedisQueueVolume = v }
                ) with
                {
                    Label = "Queue host volume",
                    Applies = a => IsCluster(a) && a.Cluster.DatabaseVolume is not null,
                },
                Text(
                    "sites_nfs",
                    "NFS export of the sites, server:/path. Each node's Docker engine mounts it.",
                    TextRules.NfsExport,
                    c => c.SitesNfs,
                    (c, v) => c with { SitesNfs = v }
                ) with
                {
                    Label = "Sites by NFS",
                    Applies = a => IsCluster(a) && a.Cluster.SitesVolume is null,
                },
                Text(
                    "sites_nfs_options",
                    "Options of that mount.",
                    TextRules.NfsOptions,
                    c => c.SitesNfsOptions,
                    (c, v) => c with { SitesNfsOptions = v ?? "" }
                ) with
                {
                    Label = "NFS options",
                    Applies = a => IsCluster(a) && a.Cluster.SitesVolume is null,
                },
                Text(
                    "sites_volume",
                    "Instead of sites_nfs: host volume of the sites, on every node, with the same content.",
                    TextRules.HostVolume,
                    c => c.SitesVolume,
                    (c, v) => c with { SitesVolume = v }
                ) with
                {
                    Label = "Sites host volume",
                    Applies = IsCluster,
                    WhenAbsent = "none: NFS",
                },
            ]
        );

    private static bool IsCluster(AnswerFile answers) => answers.Nomad.Topology == NomadTopology.Cluster;
}
