using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>
/// The <c>[nomad]</c> table. An absent key is taken from the NOMAD_* variables, then from the default.
/// </summary>
public sealed record NomadAnswers
{
    /// <summary>Address of the HTTP API; absent: NOMAD_ADDR, then <c>http://127.0.0.1:4646</c>.</summary>
    public string? Address { get; init; }

    /// <summary>ACL token; absent: NOMAD_TOKEN.</summary>
    public SecretSource? Token { get; init; }

    /// <summary>Namespace of the jobs; absent: NOMAD_NAMESPACE, then <c>default</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>Region; absent: NOMAD_REGION, then the agent's own.</summary>
    public string? Region { get; init; }

    /// <summary>On one node, or on several.</summary>
    public NomadTopology Topology { get; init; } = NomadTopology.Single;

    /// <summary>
    /// Name of the application job; the others are <c>NAME-data</c>, <c>NAME-init</c> and <c>NAME-verify</c>.
    /// </summary>
    public string Job { get; init; } = "erpnext";

    /// <summary>
    /// Name or id of the node that runs everything. In a cluster: the entry node, which publishes the site's ports;
    /// empty: the node on this host.
    /// </summary>
    public string Node { get; init; } = "";

    /// <summary>CA certificate (PEM file) for an https address; absent: NOMAD_CACERT.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>Client certificate (PEM file); absent: NOMAD_CLIENT_CERT.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>Client key (PEM file); absent: NOMAD_CLIENT_KEY.</summary>
    public string? ClientKey { get; init; }

    /// <summary>
    /// Name expected in the agent's certificate; absent: NOMAD_TLS_SERVER_NAME, then the address's host.
    /// </summary>
    public string? TlsServerName { get; init; }
}

/// <summary>On how many nodes the containers run; in TOML <c>single</c>, <c>cluster</c>.</summary>
public enum NomadTopology
{
#pragma warning disable CA1720 // This is the word in the answers.
    /// <summary>All on one, which has the network and the volumes.</summary>
    Single,
#pragma warning restore CA1720

    /// <summary>
    /// Spread over several: they find each other through Nomad's services and share the sites over the network.
    /// </summary>
    Cluster,
}

/// <summary>
/// The <c>[cluster]</c> table, for the topology cluster: the nodes, and the places of persistent data.
/// </summary>
public sealed record ClusterAnswers
{
    /// <summary>
    /// Names or ids of the nodes; empty: all ready nodes in the entry node's datacenter and node pool.
    /// </summary>
    public List<string> Nodes { get; init; } = [];

    /// <summary>
    /// Name or id of the node whose Docker volumes hold the database and the queue; absent: host volumes hold them.
    /// </summary>
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
