using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>The agent, the nodes and the namespaces.</summary>
internal sealed partial class RehearsedNomad
{
    private JsonObject AgentSelf()
    {
        var self = _templates.New("agent-self");
        self["stats"]!["client"]!["node_id"] = NodeId;
        self["config"]!["ACL"]!["Enabled"] = false;
        self["config"]!["DevMode"] = false;
        return self;
    }

    /// <summary>The recorded node's address.</summary>
    public string NodeAddress => TheNode()["Attributes"]!.Text("unique.network.ip-address");

    private string NodeId => TheNode().Text("ID");

    private JsonObject TheNode()
    {
        var node = _templates.New("node");
        node["Name"] = NodeName ?? node.Text("Name");
        GiveVolumes(node, HostVolumes);
        foreach (var (name, path) in HostDirectories)
        {
            node["HostVolumes"]![name] = new JsonObject
            {
                ["ID"] = "",
                ["Name"] = name,
                ["Path"] = path,
                ["ReadOnly"] = false,
            };
        }

        return node;
    }

    private JsonObject OtherNode(RehearsedNode other)
    {
        var node = _templates.New("node");
        node["ID"] = other.Id;
        node["Name"] = other.Name;
        node["Attributes"]!["unique.hostname"] = other.Name;
        node["Attributes"]!["unique.network.ip-address"] = FormattableString.Invariant($"192.0.2.{10 + other.Number}");
        GiveVolumes(node, other.HostVolumes);
        return node;
    }

    private static void GiveVolumes(JsonObject node, List<string> volumes) =>
        node["HostVolumes"] = new JsonObject(
            volumes.Select(v =>
                KeyValuePair.Create(
                    v,
                    (JsonNode?)
                        new JsonObject
                        {
                            ["Name"] = v,
                            ["Path"] = $"/srv/{v}",
                            ["ReadOnly"] = false,
                        }
                )
            )
        );

    private IReadOnlyList<JsonObject> AllNodes() => [TheNode(), .. MoreNodes.Select(OtherNode)];

    private JsonArray Nodes() =>
        new([
            .. AllNodes()
                .Select(node =>
                {
                    var row = _templates.New("nodes-resources");
                    foreach (var name in row.Select(m => m.Key).Where(node.ContainsKey).ToList())
                    {
                        row[name] = node[name]?.DeepClone();
                    }

                    return row;
                }),
        ]);

    private JsonObject? Node(string id) => AllNodes().FirstOrDefault(n => n.Text("ID") == id);

    // The scheduler uses the nodes that match constraints and volumes, in turn.
    private JsonObject NodeFor(JsonObject job, JsonObject group, int number)
    {
        var fit = AllNodes().Where(n => Fits(n, job, group)).ToList();
        return fit.Count == 0 ? TheNode() : fit[number % fit.Count];
    }

    private static bool Fits(JsonObject node, JsonObject job, JsonObject group) =>
        Constraints(job)
            .Concat(Constraints(group))
            .Where(c => c.Text("LTarget") == "${node.unique.id}")
            .All(c => c.Text("RTarget").Split(',').Contains(node.Text("ID")))
        && (group["Volumes"] as JsonObject ?? []).All(v =>
            node["HostVolumes"]!.AsObject().ContainsKey(v.Value!.Text("Source"))
        );

    private static IEnumerable<JsonObject> Constraints(JsonObject owner) =>
        (owner["Constraints"] as JsonArray ?? []).Select(c => c!.AsObject());

    private JsonArray NodeAllocations(string node) =>
        new([.. _servers.Allocations.Where(a => a.Value!.Text("NodeID") == node).Select(a => Allocation(a.Key))]);

    private static JsonArray Namespaces() =>
        new(
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
            }
        );
}
