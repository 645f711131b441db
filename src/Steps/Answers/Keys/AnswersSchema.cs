using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Keys;

/// <summary>
/// The JSON schema (draft 2020-12) of the answer file, for editors: <c>assets/installer.schema.json</c>. It has
/// the rules of each single key. Only the reader checks the rules between keys and the names in a release.
/// </summary>
internal static class AnswersSchema
{
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema as text, with a line feed at its end.</summary>
    public static string Json()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Format))
        {
            var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
            foreach (var (name, value) in Of(AnswerKeys.File).ToList())
            {
                schema[name] = value?.DeepClone();
            }

            schema.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static JsonObject Of(AnswerKey key)
    {
        var schema = key switch
        {
            TableKey table => Table(table),
            MapKey map => Map(map),
            TextKey text => Text(text),
            TextListKey list => List(list),
            NumberKey number => Number(number),
            ChoiceKey choice => new JsonObject { ["enum"] = Array(choice.Words) },
            SecretKey secret => Secret(secret),
            _ => throw new InvalidOperationException($"No schema for {key.GetType().Name}."),
        };
        schema.Insert(0, "description", key.Summary);
        if (key is ValueKey { Default: { } value })
        {
            schema["default"] = DefaultOf(value);
        }

        return schema;
    }

    private static JsonObject Table(TableKey table)
    {
        var required = table.Keys.Where(IsNeeded).Select(k => k.Name).ToList();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(
                table.Keys.Select(k => KeyValuePair.Create<string, JsonNode?>(k.Name, Of(k)))
            ),
        };
        if (required.Count > 0)
        {
            schema["required"] = Array(required);
        }

        return schema;
    }

    private static bool IsNeeded(AnswerKey key) =>
        key is ValueKey { IsRequired: true } || (key is TableKey table && table.Keys.Any(IsNeeded));

    private static JsonObject Map(MapKey map) =>
        map.Names is { } names
            ? new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject(
                    names.Select(n => KeyValuePair.Create<string, JsonNode?>(n, Of(map.Entry)))
                ),
            }
            : new JsonObject
            {
                ["type"] = "object",
                ["propertyNames"] = Text(TextRules.AppName),
                ["additionalProperties"] = Of(map.Entry),
            };

    private static JsonObject Text(TextKey key) =>
        key.MayBeEmpty
            ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = "" }, Text(key.Rule)) }
            : Text(key.Rule);

    private static JsonObject Text(TextRule rule)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = rule.Pattern };
        if (rule.MinLength > 0)
        {
            schema["minLength"] = rule.MinLength;
        }

        schema["maxLength"] = rule.MaxLength;
        return schema;
    }

    private static JsonObject List(TextListKey list) =>
        new()
        {
            ["type"] = "array",
            ["uniqueItems"] = true,
            ["items"] = Text(list.Item),
        };

    private static JsonObject Number(NumberKey number) =>
        number.Least == number.Most
            ? new JsonObject { ["const"] = number.Least }
            : new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = number.Least,
                ["maximum"] = number.Most,
            };

    private static JsonObject Secret(SecretKey secret) =>
        new()
        {
            ["oneOf"] = new JsonArray(
                Source(SecretKey.Env, "The environment variable that holds it.", TextRules.EnvironmentVariable),
                Source(SecretKey.File, "The file that holds it; only its owner may read it.", TextRules.AbsolutePath),
                Literal(secret)
            ),
        };

    private static JsonObject Literal(SecretKey secret)
    {
        var schema = Text(secret.Rule);
        schema.Insert(0, "description", "The secret itself. env or file is safer.");
        return schema;
    }

    private static JsonObject Source(string name, string summary, TextRule rule)
    {
        var value = Text(rule);
        value.Insert(0, "description", summary);
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject { [name] = value },
            ["required"] = Array([name]),
        };
    }

    private static JsonNode DefaultOf(object value) =>
        value switch
        {
            int number => JsonValue.Create(number),
            string text => JsonValue.Create(text),
            IReadOnlyList<string> list => Array(list),
            Enum choice => JsonValue.Create(ChoiceName.Of(choice)),
            _ => throw new InvalidOperationException($"No schema for a default of {value.GetType().Name}."),
        };

    private static JsonArray Array(IReadOnlyList<string> words) => new([.. words.Select(w => JsonValue.Create(w))]);
}
