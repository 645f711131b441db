using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Outside.Nomad;

/// <summary>The members of a JSON answer and the kinds of their values, as lines. A client can rely on them.</summary>
internal static class JsonShape
{
    /// <summary>
    /// Paths like <c>TaskGroups[].Tasks[].Name string</c>. Maps with free keys are written <c>{}</c>.
    /// </summary>
    /// <param name="maps">Names of members whose keys are data: group names, task names, attributes.</param>
    public static SortedSet<string> Of(JsonNode? node, params string[] maps)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        Add(node, "", maps, lines);
        return lines;
    }

    private static void Add(JsonNode? node, string path, string[] maps, SortedSet<string> lines)
    {
        switch (node)
        {
            case JsonObject map when maps.Contains(path.Split('.')[^1]):
                foreach (var (_, value) in map)
                {
                    Add(value, path + "{}", maps, lines);
                }

                break;
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Add(value, path.Length == 0 ? name : $"{path}.{name}", maps, lines);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Add(item, path + "[]", maps, lines);
                }

                break;
            default:
                // Null stands for "none of these here": it says nothing about the kind.
                if (node is not null)
                {
                    lines.Add(
                        $"{path} {node.GetValueKind()}"
                            .Replace("True", "Boolean", StringComparison.Ordinal)
                            .Replace("False", "Boolean", StringComparison.Ordinal)
                    );
                }

                break;
        }
    }
}
