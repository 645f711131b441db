using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ErpInstaller.Deployment.Jobs;

/// <summary>A job as Nomad's HTTP API takes it.</summary>
internal static class JobJson
{
    /// <summary>The object that stands below <c>Job</c>.</summary>
    public static JsonObject Render(Job job)
    {
        var result = new JsonObject { ["ID"] = job.Id, ["Name"] = job.Id };
        new JobAttributes(new JsonJobWriter(result)).Write(job);
        return result;
    }

    /// <summary>The text of a <c>.nomad.json</c> file, as <c>nomad job run -json</c> takes it.</summary>
    public static string Text(Job job)
    {
        using var buffer = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            new JsonObject { ["Job"] = Render(job) }.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}

/// <summary>Writes into a tree of JSON objects.</summary>
/// <param name="root">The job.</param>
internal sealed class JsonJobWriter(JsonObject root) : JobWriter
{
    private const int NanosecondsPerTick = 100;

    private JsonObject _here = root;

    /// <inheritdoc/>
    public override void Set(string hcl, string json, string value) => _here[json] = value;

    /// <inheritdoc/>
    public override void Set(string hcl, string json, int value) => _here[json] = value;

    /// <inheritdoc/>
    public override void Set(string hcl, string json, bool value) => _here[json] = value;

    /// <inheritdoc/>
    public override void SetUnlessDefault(string hcl, string json, string value, string hclDefault) =>
        _here[json] = value;

    /// <inheritdoc/>
    public override void Text(string hcl, string json, string value) => _here[json] = value;

    /// <inheritdoc/>
    public override void Duration(string hcl, string json, TimeSpan value) =>
        _here[json] = value.Ticks * NanosecondsPerTick;

    /// <inheritdoc/>
    public override void List(string hcl, string json, IReadOnlyList<string> values, bool evenEmpty = false)
    {
        if (values.Count > 0 || evenEmpty)
        {
            _here[json] = new JsonArray([.. values.Select(v => (JsonNode?)v)]);
        }
    }

    /// <inheritdoc/>
    public override void Map(
        string hcl,
        string json,
        IReadOnlyDictionary<string, string> values,
        bool evenEmpty = false
    )
    {
        if (values.Count > 0 || evenEmpty)
        {
            _here[json] = new JsonObject(
                values
                    .OrderBy(v => v.Key, StringComparer.Ordinal)
                    .Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))
            );
        }
    }

    /// <inheritdoc/>
    public override void Block(string hcl, string json, Action content) => _here[json] = Object([], content);

    /// <inheritdoc/>
    public override void Blocks<T>(
        string hcl,
        string json,
        IEnumerable<T> items,
        Action<T> content,
        bool evenEmpty = false
    )
    {
        JsonNode[] objects = [.. items.Select(i => Object([], () => content(i)))];
        if (objects.Length > 0 || evenEmpty)
        {
            _here[json] = new JsonArray(objects);
        }
    }

    /// <inheritdoc/>
    public override void Labelled<T>(
        string hcl,
        string json,
        string label,
        IEnumerable<T> items,
        Func<T, string> labelOf,
        Action<T> content
    ) => _here[json] = new JsonArray([.. items.Select(i => (JsonNode)Named(label, labelOf(i), () => content(i)))]);

    /// <inheritdoc/>
    public override void ByName<T>(
        string hcl,
        string json,
        IEnumerable<T> items,
        Func<T, string> nameOf,
        Action<T> content
    )
    {
        var map = items
            .Select(i => KeyValuePair.Create(nameOf(i), (JsonNode?)Named("Name", nameOf(i), () => content(i))))
            .ToList();
        if (map.Count > 0)
        {
            _here[json] = new JsonObject(map);
        }
    }

    private JsonObject Named(string label, string name, Action content) =>
        Object(new JsonObject { [label] = name }, content);

    private JsonObject Object(JsonObject made, Action content)
    {
        var outer = _here;
        _here = made;
        content();
        _here = outer;
        return made;
    }
}
