using System.Text.Json;
using System.Text.Json.Nodes;

namespace ErpInstaller.Outside.Nomad;

/// <summary>
/// The part of a client's docker plugin that decides how our containers run (drivers/docker/config.go). A key that is
/// not set has Nomad's default.
/// </summary>
/// <param name="CollectsImages"><c>gc { image }</c>: it removes images without a container; on by default.</param>
/// <param name="CollectsLogs">Not <c>disable_log_collection</c>: it collects the output of tasks; on by default.
/// </param>
/// <param name="AllowedCapabilities"><c>allow_caps</c> in lower case; null: Nomad's default list.</param>
/// <param name="SelinuxLabel"><c>volumes { selinuxlabel }</c>; null: none.</param>
public sealed record NomadDockerPlugin(
    bool CollectsImages,
    bool CollectsLogs,
    IReadOnlyList<string>? AllowedCapabilities,
    string? SelinuxLabel
)
{
    private const string Name = "docker";
    private const string Prefix = "cap_";

    /// <summary>Reads it from an agent's configuration.</summary>
    public static NomadDockerPlugin Of(NomadAgentConfig agent)
    {
        var config = agent.Plugins?.LastOrDefault(p => p.Name == Name)?.Config;
        return new NomadDockerPlugin(
            Flag(Block(config, "gc")?["image"]) ?? true,
            Flag(config?["disable_log_collection"]) != true,
            config?["allow_caps"] is JsonArray names ? [.. names.Select(Text).OfType<string>().Select(Plain)] : null,
            Text(Block(config, "volumes")?["selinuxlabel"]) is { Length: > 0 } label ? label : null
        );
    }

    private static JsonObject? Block(JsonObject? config, string name) =>
        config?[name] switch
        {
            JsonArray { Count: > 0 } list => list[^1] as JsonObject,
            JsonObject single => single,
            _ => null,
        };

    // HCL also takes "true" and "1".
    private static bool? Flag(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetValue<string>() is "true" or "1",
            _ => null,
        };

    private static string? Text(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    // "CAP_CHOWN", "CHOWN" and "chown" are the same to Nomad.
    private static string Plain(string capability)
    {
        var lower = capability.ToLowerInvariant();
        return lower.StartsWith(Prefix, StringComparison.Ordinal) ? lower[Prefix.Length..] : lower;
    }
}
