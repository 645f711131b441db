using System.Text.Json;
using System.Text.Json.Serialization;

namespace ErpInstaller.Attach;

/// <summary>A command of a front end to the run: one JSON object per line.</summary>
/// <param name="Command"><c>cancel</c> stops the run like SIGINT.</param>
internal sealed record FrontEndCommand(string? Command)
{
    public const string Cancel = "cancel";

    /// <summary>Reads a line.</summary>
    /// <returns>Null if the line is not a command.</returns>
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

/// <summary>The generated serializer of commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FrontEndCommand))]
internal sealed partial class FrontEndCommandJson : JsonSerializerContext;
