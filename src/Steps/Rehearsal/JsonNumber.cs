using System.Globalization;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>Numbers of JSON nodes, however they came to be: parsed, or made from an int or a long.</summary>
internal static class JsonNumber
{
    /// <summary>The whole number that a node is.</summary>
    public static long Long(this JsonNode node) => long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    /// <inheritdoc cref="Long"/>
    public static int Int(this JsonNode node) => (int)node.Long();
}
