using System.Text.Json;

namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// Reads the Node.js version that an app's <c>package.json</c> requires. The <c>package.json</c> files of front ends in
/// subfolders are not read.
/// </summary>
internal static class PackageFile
{
    /// <summary>The file's path in the repository.</summary>
    public const string Path = "package.json";

    /// <summary>The text of <c>engines.node</c>; null when it is missing or the file is malformed.</summary>
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
            // The build cannot read it either and reports the place. InvalidOperationException: half of a surrogate
            // pair is detected only when the string is read.
            return null;
        }
    }

    private static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
