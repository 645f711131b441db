namespace ErpInstaller.Answers;

/// <summary>The <c>[cluster]</c> table, for the topology cluster: which nodes, and where what must last is kept.</summary>
public sealed record ClusterAnswers
{
    /// <summary>Names or ids of the nodes; empty: every ready one in the entry node's datacenter and node pool.</summary>
    public List<string> Nodes { get; init; } = [];

    /// <summary>Name or id of the node whose Docker volumes hold the database and the queue; absent: host volumes do.</summary>
    public string? DataNode { get; init; }

    /// <summary>Host volume of the database, on one node of the cluster.</summary>
    public string? DatabaseVolume { get; init; }

    /// <summary>Host volume of the Redis that holds the background jobs, on one node of the cluster.</summary>
    public string? RedisQueueVolume { get; init; }

    /// <summary>Host volume of the sites, on every node, with the same content.</summary>
    public string? SitesVolume { get; init; }

    /// <summary>NFS export of the sites, <c>server:/path</c>: each node's Docker engine mounts it.</summary>
    public string? SitesNfs { get; init; }

    /// <summary>Options of that mount.</summary>
    public string SitesNfsOptions { get; init; } = "nfsvers=4,hard";
}
