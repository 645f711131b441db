using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The state of a rehearsed server from one run to the next: a JSON object in the rehearsal's state directory.
/// </summary>
internal static class RehearsalFile
{
    /// <summary>The object; null if there is no file.</summary>
    /// <param name="path">The file; null if the state is in memory only.</param>
    /// <exception cref="InstallerException">The file is truncated or is not a JSON object.</exception>
    public static JsonObject? Read(string? path)
    {
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(StateDirectoryUnusable.Trying(path, () => File.ReadAllText(path))) as JsonObject
                ?? throw new JsonException("It is not an object.");
        }
        catch (JsonException e)
        {
            throw FileUnreadable.Json(path, e);
        }
    }
}
