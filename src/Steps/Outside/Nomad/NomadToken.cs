namespace ErpInstaller.Outside.Nomad;

/// <summary>An ACL token without its secret: <c>GET /v1/acl/token/self</c>.</summary>
internal sealed record NomadToken
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
internal sealed record NomadRoleLink
{
    public string ID { get; init; } = "";
}

/// <summary>An ACL policy: <c>GET /v1/acl/policy/:name</c>.</summary>
internal sealed record NomadPolicy
{
    /// <summary>
    /// Its rules as Nomad parsed them: short forms like <c>policy = "write"</c> are expanded to capabilities.
    /// </summary>
    public NomadPolicyRules? RulesJSON { get; init; }
}

/// <summary>The rules of a policy.</summary>
internal sealed record NomadPolicyRules
{
    public List<NomadNamespaceRule>? Namespaces { get; init; }
}

/// <summary>What a policy gives in the namespaces of a name.</summary>
internal sealed record NomadNamespaceRule
{
    /// <summary>A name, or a pattern with <c>*</c>.</summary>
    public string Name { get; init; } = "";

    public List<string>? Capabilities { get; init; }
}

/// <summary>A role, which gives policies: <c>GET /v1/acl/role/:id</c>.</summary>
internal sealed record NomadRole
{
    public List<NomadPolicyLink>? Policies { get; init; }
}

/// <summary>A policy that a role gives.</summary>
internal sealed record NomadPolicyLink
{
    public string Name { get; init; } = "";
}

/// <summary>A namespace: <c>GET /v1/namespace/:name</c>.</summary>
internal sealed record NomadNamespace
{
    public string Name { get; init; } = "";
}
