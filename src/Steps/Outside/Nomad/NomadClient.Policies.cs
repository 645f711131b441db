using System.IO.Enumeration;

namespace ErpInstaller.Outside.Nomad;

/// <summary>What the token's own policies say, which every token may read.</summary>
public sealed partial class NomadClient
{
    /// <summary>
    /// Whether the token's policies grant a capability in this connection's namespace. Null if they cannot be read:
    /// ACLs are off, there is no token, or it is of another kind. It serves for capabilities that cannot be tried
    /// without effect.
    /// </summary>
    /// <param name="capability">As policies name it, for example <c>read-logs</c>.</param>
    public async Task<bool?> HasCapabilityAsync(string capability, CancellationToken cancellation)
    {
        try
        {
            var token = await FindAsync("/v1/acl/token/self", NomadJson.Default.NomadToken, "a token", cancellation);
            return token switch
            {
                // With ACLs off, or without a token, Nomad answers with one of these names.
                null or { AccessorID: "acls-disabled" or "anonymous" } => null,
                { Type: "management" } => true,
                _ => (await RulesAsync(token, cancellation)).Any(r => Gives(r, capability)),
            };
        }
        catch (Exception e) when (e is NomadDenied or NomadRefused)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<NomadNamespaceRule>> RulesAsync(NomadToken token, CancellationToken cancellation)
    {
        var names = new List<string>(token.Policies ?? []);
        foreach (var role in token.Roles ?? [])
        {
            var found = await FindAsync(
                $"/v1/acl/role/{Uri.EscapeDataString(role.ID)}",
                NomadJson.Default.NomadRole,
                "its own role",
                cancellation
            );
            names.AddRange((found?.Policies ?? []).Select(p => p.Name));
        }

        var rules = new List<NomadNamespaceRule>();
        foreach (var name in names.Distinct())
        {
            var policy = await FindAsync(
                $"/v1/acl/policy/{Uri.EscapeDataString(name)}",
                NomadJson.Default.NomadPolicy,
                "its own policy",
                cancellation
            );
            rules.AddRange(policy?.RulesJSON?.Namespaces ?? []);
        }

        return rules;
    }

    private bool Gives(NomadNamespaceRule rule, string capability) =>
        FileSystemName.MatchesSimpleExpression(rule.Name, Namespace, ignoreCase: false)
        && rule.Capabilities?.Contains(capability) == true;
}
