namespace ErpInstaller.Outside.Nomad;

/// <summary>A role, which gives policies: <c>GET /v1/acl/role/:id</c>.</summary>
public sealed record NomadRole
{
    public List<NomadPolicyLink>? Policies { get; init; }
}

/// <summary>A policy that a role gives.</summary>
public sealed record NomadPolicyLink
{
    public string Name { get; init; } = "";
}
