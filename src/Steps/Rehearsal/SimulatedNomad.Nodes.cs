using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>The agent, its one node, and the namespaces.</summary>
public sealed partial class SimulatedNomad
{
    private JsonObject AgentSelf()
    {
        var self = _templates.New("agent-self");
        self["stats"]!["client"]!["node_id"] = NodeId;
        self["config"]!["ACL"]!["Enabled"] = Token is not null;
        return self;
    }

    private string NodeId => TheNode()["ID"]!.GetValue<string>();

    private JsonObject TheNode()
    {
        var node = _templates.New("node");
        foreach (var (name, value) in NodeAttributes)
        {
            node["Attributes"]!.AsObject().Remove(name);
            if (value is not null)
            {
                node["Attributes"]![name] = value;
            }
        }

        return node;
    }

    private JsonArray Nodes()
    {
        var node = TheNode();
        var row = _templates.New("nodes-resources");
        foreach (var name in row.Select(m => m.Key).Where(node.ContainsKey).ToList())
        {
            row[name] = node[name]?.DeepClone();
        }

        return new JsonArray(row);
    }

    private JsonObject? Node(string id) => id == NodeId ? TheNode() : null;

    private JsonArray NodeAllocations() => new([.. _cluster.Allocations.Select(a => Allocation(a.Key))]);

    private static JsonArray Namespaces() => new(
        new JsonObject
        {
            ["Capabilities"] = null,
            ["ConsulConfiguration"] = null,
            ["CreateIndex"] = 1,
            ["Description"] = "Default shared namespace",
            ["Hash"] = "",
            ["Meta"] = null,
            ["ModifyIndex"] = 1,
            ["Name"] = "default",
            ["NodePoolConfiguration"] = null,
            ["Quota"] = "",
            ["VaultConfiguration"] = null,
        });
}
