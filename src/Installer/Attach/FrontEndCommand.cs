using System.Text.Json;
using System.Text.Json.Serialization;

namespace ErpInstaller.Attach;

/// <summary>What a front end asks of the engine: one JSON object a line.</summary>
/// <param name="Command"><c>cancel</c> ends the run as SIGINT does.</param>
internal sealed record FrontEndCommand(string? Command)
{
    public const string Cancel = "cancel";

    /// <summary>Reads a line.</summary>
    /// <returns>Null when it is no such object.</returns>
    public static FrontEndCommand? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, FrontEndCommandJson.Default.FrontEndCommand);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Generated reading and writing of commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FrontEndCommand))]
internal sealed partial class FrontEndCommandJson : JsonSerializerContext;
