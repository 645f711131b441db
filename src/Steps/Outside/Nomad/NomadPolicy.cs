namespace ErpInstaller.Outside.Nomad;

/// <summary>An ACL policy: <c>GET /v1/acl/policy/:name</c>.</summary>
public sealed record NomadPolicy
{
    /// <summary>Its rules as Nomad understood them: short forms like <c>policy = "write"</c> are spelt out as capabilities.</summary>
    public NomadPolicyRules? RulesJSON { get; init; }
}

/// <summary>The rules of a policy.</summary>
public sealed record NomadPolicyRules
{
    public List<NomadNamespaceRule>? Namespaces { get; init; }
}

/// <summary>What a policy gives in the namespaces of a name.</summary>
public sealed record NomadNamespaceRule
{
    /// <summary>A name, or a pattern with <c>*</c>.</summary>
    public string Name { get; init; } = "";

    public List<string>? Capabilities { get; init; }
}
