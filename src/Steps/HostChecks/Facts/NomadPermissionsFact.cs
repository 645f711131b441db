namespace ErpInstaller.HostChecks.Facts;

/// <summary>What the token may do. Each capability is tried by a call that changes nothing.</summary>
/// <param name="Namespace">Namespace of the jobs and variables.</param>
/// <param name="Denied">The missing capabilities, in the spelling of ACL policies.</param>
/// <param name="AclEnabled">Whether the agent enforces ACLs; null: unknown.</param>
/// <param name="NamespaceExists">Whether the namespace exists; null: the token may not list it.</param>
internal sealed record NomadPermissionsFact(
    string Namespace,
    IReadOnlyList<string> Denied,
    bool? AclEnabled = null,
    bool? NamespaceExists = null
) : HostFact;
