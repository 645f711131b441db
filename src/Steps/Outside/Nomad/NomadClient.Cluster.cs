namespace ErpInstaller.Outside.Nomad;

/// <summary>The agent, the servers, the nodes.</summary>
public sealed partial class NomadClient
{
    /// <summary>The agent that answers. Needs <c>agent read</c>.</summary>
    public async Task<NomadAgent> GetAgentAsync(CancellationToken cancellation) =>
        await FindAsync("/v1/agent/self", NomadJson.Default.NomadAgent, "agent read", cancellation)
        ?? throw new NomadUnreachable($"{Address} has no /v1/agent/self", "Is another service at this address?");

    /// <summary>The leader's address; null when there is none. Needs no token.</summary>
    public async Task<string?> FindLeaderAsync(CancellationToken cancellation) =>
        await FindAsync("/v1/status/leader", NomadJson.Default.String, "none", cancellation) is { Length: > 0 } leader
            ? leader
            : null;

    /// <summary>The namespace of this connection exists. Needs any capability in it.</summary>
    public async Task<bool> HasNamespaceAsync(CancellationToken cancellation) =>
        await FindAsync(
            $"/v1/namespace/{Uri.EscapeDataString(Namespace)}",
            NomadJson.Default.NomadNamespace,
            "namespace read-job",
            cancellation
        )
            is not null;

    /// <summary>All nodes. Needs <c>node read</c>.</summary>
    public async Task<IReadOnlyList<NomadNodeRow>> ListNodesAsync(CancellationToken cancellation) =>
        await FindAsync("/v1/nodes", NomadJson.Default.ListNomadNodeRow, "node read", cancellation) ?? [];

    /// <summary>A node with its attributes. Needs <c>node read</c>.</summary>
    public Task<NomadNode?> FindNodeAsync(string id, CancellationToken cancellation) =>
        FindAsync($"/v1/node/{Uri.EscapeDataString(id)}", NomadJson.Default.NomadNode, "node read", cancellation);

    /// <summary>A node's allocations, ended ones too. Needs <c>node read</c>.</summary>
    public async Task<IReadOnlyList<NomadAllocation>> ListNodeAllocationsAsync(
        string id,
        CancellationToken cancellation
    ) =>
        await FindAsync(
            $"/v1/node/{Uri.EscapeDataString(id)}/allocations",
            NomadJson.Default.ListNomadAllocation,
            "node read",
            cancellation
        ) ?? [];

    /// <summary>
    /// The node of the answers, by name or id. Without one, the node of the agent.
    /// </summary>
    /// <exception cref="NomadNodeUnknown">No node, or several nodes, have that name.</exception>
    public async Task<NomadNode> ResolveNodeAsync(string nameOrId, CancellationToken cancellation)
    {
        const string Key = "nomad.node";
        var rows = await ListNodesAsync(cancellation);
        var id =
            nameOrId.Length > 0
                ? NodeIdOf(nameOrId, rows, Key)
                : (await GetAgentAsync(cancellation)).Stats.Client?.NodeId;
        return await FindNodeAsync(id ?? throw NomadNodeUnknown.NoClient(Address, rows), cancellation)
            ?? throw NomadNodeUnknown.None(id, rows, Key);
    }

    /// <summary>
    /// The nodes of a cluster from the answers, by names or ids. Without any, all ready nodes of the entry node's
    /// datacenter and node pool.
    /// </summary>
    /// <exception cref="NomadNodeUnknown">No node, or several nodes, have that name.</exception>
    public async Task<IReadOnlyList<NomadNode>> ResolveClusterAsync(
        NomadNode entry,
        IReadOnlyList<string> namesOrIds,
        CancellationToken cancellation
    )
    {
        const string Key = "cluster.nodes";
        var rows = await ListNodesAsync(cancellation);
        var ids =
            namesOrIds.Count > 0
                ? namesOrIds.Select(n => NodeIdOf(n, rows, Key))
                : rows.Where(r =>
                        r.ID == entry.ID
                        || r.Status == "ready" && r.Datacenter == entry.Datacenter && r.NodePool == entry.NodePool
                    )
                    .Select(r => r.ID);
        var nodes = await Task.WhenAll(ids.Distinct().Select(id => FindNodeAsync(id, cancellation)));
        return [.. nodes.OfType<NomadNode>()];
    }

    private static string NodeIdOf(string nameOrId, IReadOnlyList<NomadNodeRow> rows, string key)
    {
        var ids = rows.Where(r => r.ID == nameOrId || r.Name == nameOrId).Select(r => r.ID).ToList();
        return ids.Count switch
        {
            1 => ids[0],
            0 => throw NomadNodeUnknown.None(nameOrId, rows, key),
            _ => throw NomadNodeUnknown.Several(nameOrId, ids, key),
        };
    }
}
