using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ErpInstaller.Answers;

namespace ErpInstaller.Tests.Answers;

/// <summary>Answers as JSON, without those that have their default.</summary>
internal static class AnswersJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static string Of(AnswerFile answers)
    {
        var given = JsonSerializer.SerializeToNode(answers, Options)!.AsObject();
        RemoveEqual(given, JsonSerializer.SerializeToNode(new AnswerFile(), Options)!.AsObject());
        return given.ToJsonString(Options) + "\n";
    }

    private static void RemoveEqual(JsonObject given, JsonObject defaults)
    {
        foreach (var (key, value) in given.ToList())
        {
            if (JsonNode.DeepEquals(value, defaults[key]))
            {
                given.Remove(key);
            }
            else if (value is JsonObject inner && defaults[key] is JsonObject innerDefaults)
            {
                RemoveEqual(inner, innerDefaults);
            }
        }
    }
}
