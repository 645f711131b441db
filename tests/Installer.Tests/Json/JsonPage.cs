using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using ErpInstaller.Json;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Json;

/// <summary>
/// The page <c>docs/json.md</c>. The part behind the mark is made of the types that are serialized and of their
/// comments.
/// </summary>
internal static partial class JsonPage
{
    private const string Mark = "<!-- Made by a test: UPDATE_GOLDEN=1 ./test --no-engine JsonPage -->\n";

    /// <summary>Its path.</summary>
    public static readonly string File = Path.Combine(Repository.Root, "docs", "json.md");

    /// <summary>Its text.</summary>
    public static string Text => System.IO.File.ReadAllText(File);

    /// <summary>The text that it must have.</summary>
    public static string Wanted() => Text[..(Text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + Tables();

    /// <summary>The fields that the page lists, by the type of event: <c>changes[].kind</c>.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Fields() =>
        Heading()
            .Split(Text)
            .Skip(1)
            .Chunk(2)
            .ToDictionary(s => s[0], s => Row().Matches(s[1]).Select(m => m.Groups["field"].Value).ToHashSet());

    /// <summary>The types of events that the page lists for a command.</summary>
    public static IReadOnlyList<string> EventsOf(string command) =>
        Regex.Match(Text, $@"(?m)^\| `{command}[ `][^|]*\| (?<events>[^|]*) \|$") is { Success: true } row
            ? [.. Word().Matches(row.Groups["events"].Value).Select(m => m.Groups["word"].Value)]
            : [];

    /// <summary>The names of outputs that the page lists; <c>*</c> stands for any ending.</summary>
    public static IReadOnlyList<string> Outputs() =>
        [.. OutputRow().Matches(Text).SelectMany(m => Word().Matches(m.Value).Select(w => w.Groups["word"].Value))];

    private static string Tables()
    {
        var text = new StringBuilder();
        var events = EventJson.Default.EngineEvent.PolymorphismOptions!.DerivedTypes;
        foreach (var happened in events)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### `{happened.TypeDiscriminator}`\n\n")
                .Append(SourceComments.Of(happened.DerivedType))
                .Append("\n\n| Field | Holds | Means |\n|---|---|---|\n");
            Rows(happened.DerivedType, "", text);
        }

        return text.ToString();
    }

    private static void Rows(Type type, string prefix, StringBuilder text)
    {
        foreach (var property in InfoOf(type).Properties)
        {
            // A property without a getter is ignored. The time is in each event, and the page says so once.
            if (property.Get is null || (property.Name == "at" && property.PropertyType == typeof(DateTimeOffset)))
            {
                continue;
            }

            var (words, inner) = Describe(property.PropertyType);
            var optional = property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null;
            var isList = InfoOf(property.PropertyType).Kind == JsonTypeInfoKind.Enumerable && inner is not null;
            var name = $"{prefix}{property.Name}{(isList ? "[]" : "")}";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{name}` | {words}{(optional ? ", or absent" : "")} | {Meaning(type, property)} |\n"
            );
            if (inner is not null)
            {
                Rows(inner, $"{name}.", text);
            }
        }
    }

    private static string Meaning(Type type, JsonPropertyInfo property)
    {
        var member = string.Concat(property.Name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        var said = SourceComments.Of(type, member);
        Assert.True(said.Length > 0, $"{type.Name}.{member} has no comment, and docs/json.md needs one.");
        return said;
    }

    private static (string Words, Type? Inner) Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return (string.Join(", ", Enum.GetValues(type).Cast<object>().Select(v => $"`{WordOf(v, type)}`")), null);
        }

        var info = InfoOf(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => Describe(info.ElementType!) is var (words, inner) && inner is null
                ? ($"list of {words}s", null)
                : ("list of objects", info.ElementType),
            JsonTypeInfoKind.Dictionary => ($"object: name → {Describe(info.ElementType!).Words}", null),
            JsonTypeInfoKind.Object => ("object", type),
            _ => (Simple(type), null),
        };
    }

    private static string Simple(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "`true` or `false`"
        : type == typeof(double) ? "number"
        : type == typeof(DateTimeOffset) ? "time"
        : "whole number";

    private static string WordOf(object value, Type type) => JsonSerializer.Serialize(value, InfoOf(type)).Trim('"');

    private static JsonTypeInfo InfoOf(Type type) => EventJson.Default.GetTypeInfo(type)!;

    [GeneratedRegex(@"(?m)^### `([a-z-]+)`$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?m)^\| `(?<field>[a-z0-9_.\[\]]+)` \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"(?m)^\| output (?<names>[^|]*) \|")]
    private static partial Regex OutputRow();

    [GeneratedRegex("`(?<word>[^`]+)`")]
    private static partial Regex Word();
}
