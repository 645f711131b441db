namespace ErpInstaller.HostChecks.Facts;

/// <summary>What the token may do, found out by asking for each and changing nothing.</summary>
/// <param name="Namespace">Namespace of the jobs and variables.</param>
/// <param name="Denied">Capabilities that are missing, as ACL policies name them.</param>
/// <param name="AclEnabled">The agent asks for tokens; null: it does not say.</param>
/// <param name="NamespaceExists">There is such a namespace; null: the token may not know.</param>
public sealed record NomadPermissionsFact(
    string Namespace,
    IReadOnlyList<string> Denied,
    bool? AclEnabled = null,
    bool? NamespaceExists = null
) : HostFact;
