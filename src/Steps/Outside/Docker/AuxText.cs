using System.Text.Json;
using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>Reads what the engine puts beside its messages: the id of what was built, the digest of what was pushed.</summary>
internal static class AuxText
{
    /// <summary>A text by its key; null when the message has none.</summary>
    public static string? Of(JSONMessage message, string key) =>
        message.Aux?.ExtensionData?.TryGetValue(key, out var value) == true
        && value is JsonElement { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
}
