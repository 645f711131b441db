using System.Text.Json;

namespace ErpInstaller.Apps.Requirements;

/// <summary>Reads which Node.js an app's <c>package.json</c> asks for. Front ends in folders below have files of their own; those are not read.</summary>
internal static class PackageFile
{
    /// <summary>The path in the repository.</summary>
    public const string Path = "package.json";

    /// <summary>The text of <c>engines.node</c>; null: it has none, or the file is not as it should be.</summary>
    public static string? Node(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return
                Find(document.RootElement, "engines") is { } engines
                && Find(engines, "node") is { ValueKind: JsonValueKind.String } node
                ? node.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Then the build cannot read it either, and says where. A text that escapes half a character is found only when it is asked for.
            return null;
        }
    }

    private static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
