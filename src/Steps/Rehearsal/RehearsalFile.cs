using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Rehearsal;

/// <summary>What a simulated server remembers from one run to the next: a JSON object in the rehearsal's state directory.</summary>
internal static class RehearsalFile
{
    /// <summary>The object; null when nothing is kept, or nothing is there yet.</summary>
    /// <param name="path">Null: in memory only.</param>
    /// <exception cref="InstallerException">It is cut off, or no JSON object.</exception>
    public static JsonObject? Read(string? path)
    {
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(StateDirectoryUnusable.Trying(path, () => File.ReadAllText(path))) as JsonObject
                ?? throw new JsonException("It is no object.");
        }
        catch (JsonException e)
        {
            throw FileUnreadable.Json(path, e);
        }
    }
}
