namespace ErpInstaller.Outside.Nomad;

/// <summary>An ACL token without its secret: <c>GET /v1/acl/token/self</c>.</summary>
public sealed record NomadToken
{
    /// <summary>Its name in public.</summary>
    public string AccessorID { get; init; } = "";

    /// <summary>client or management; a management token may do all.</summary>
    public string Type { get; init; } = "";

    /// <summary>Names of its policies.</summary>
    public List<string>? Policies { get; init; }

    public List<NomadRoleLink>? Roles { get; init; }
}

/// <summary>A role that a token has.</summary>
public sealed record NomadRoleLink
{
    public string ID { get; init; } = "";
}
