namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[cluster]</c>.</summary>
internal static partial class AnswerKeys
{
    private static TableKey Cluster =>
        new(
            "cluster",
            "More than one node, for the topology cluster: which, and where what must last is kept.",
            [
                new TextListKey(
                    "nodes",
                    "Names or ids of the nodes. Empty: every ready one in the datacenter and node pool of nomad.node.",
                    TextRules.Node
                )
                {
                    Value = a => a.Cluster.Nodes,
                },
                new TextKey(
                    "data_node",
                    "Name or id of the node whose Docker volumes hold the database and the queue.",
                    TextRules.Node
                )
                {
                    Value = a => a.Cluster.DataNode,
                },
                new TextKey(
                    "database_volume",
                    "Instead of data_node: host volume of the database, on one of the nodes.",
                    TextRules.HostVolume
                )
                {
                    Value = a => a.Cluster.DatabaseVolume,
                },
                new TextKey(
                    "redis_queue_volume",
                    "Instead of data_node: host volume of the queue, on one of the nodes.",
                    TextRules.HostVolume
                )
                {
                    Value = a => a.Cluster.RedisQueueVolume,
                },
                new TextKey(
                    "sites_nfs",
                    "NFS export of the sites, server:/path. Each node's Docker engine mounts it.",
                    TextRules.NfsExport
                )
                {
                    Value = a => a.Cluster.SitesNfs,
                },
                new TextKey("sites_nfs_options", "Options of that mount.", TextRules.NfsOptions)
                {
                    Value = a => a.Cluster.SitesNfsOptions,
                },
                new TextKey(
                    "sites_volume",
                    "Instead of sites_nfs: host volume of the sites, on every node, with the same content.",
                    TextRules.HostVolume
                )
                {
                    Value = a => a.Cluster.SitesVolume,
                },
            ]
        );
}
