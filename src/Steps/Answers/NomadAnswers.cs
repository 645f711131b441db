using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>The <c>[nomad]</c> table. What is absent is taken from the NOMAD_* variables, then from the default.</summary>
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

    /// <summary>Name of the application job; the others are <c>NAME-data</c>, <c>NAME-init</c> and <c>NAME-verify</c>.</summary>
    public string Job { get; init; } = "erpnext";

    /// <summary>
    /// Name or id of the node that runs everything, of a cluster the entry node, which publishes the site's ports; empty:
    /// the node this host is.
    /// </summary>
    public string Node { get; init; } = "";

    /// <summary>CA certificate (PEM file) for an https address; absent: NOMAD_CACERT.</summary>
    public string? CaCertificate { get; init; }

    /// <summary>Client certificate (PEM file); absent: NOMAD_CLIENT_CERT.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>Client key (PEM file); absent: NOMAD_CLIENT_KEY.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Name expected in the agent's certificate; absent: NOMAD_TLS_SERVER_NAME, then the address's host.</summary>
    public string? TlsServerName { get; init; }
}
