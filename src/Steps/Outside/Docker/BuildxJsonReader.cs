using System.Text;
using System.Text.Json;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Reads <c>--progress=rawjson</c>: a sequence of objects with news of vertexes and their output (<c>logs</c>).
/// </summary>
/// <remarks>
/// BuildKit, client/graph.go: SolveStatus. buildx 0.13 indents the objects, later ones write each on a line.
/// </remarks>
internal sealed class BuildxJsonReader(Action<BuildEvent> tell) : BuildxReader(tell)
{
    // Vertexes that the failure of another one cancels.
    private const string Canceled = "context canceled";

    private readonly StringBuilder _object = new();
    private readonly Dictionary<string, Work> _work = [];

    /// <inheritdoc/>
    public override void Add(string line)
    {
        if (_object.Length == 0 && !line.StartsWith('{'))
        {
            AddOther(line);
            return;
        }

        var whole = _object.Length == 0 ? line.Length > 1 && line.EndsWith('}') : line == "}";
        _object.Append(line);
        if (whole)
        {
            Read(_object.ToString());
            _object.Clear();
        }
    }

    private void Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            // A line of another program that begins with a brace.
            AddOther(json);
            return;
        }

        using (document)
        {
            foreach (var vertex in Items(document.RootElement, "vertexes"))
            {
                ReadVertex(vertex);
            }

            foreach (var log in Items(document.RootElement, "logs"))
            {
                if (Text(log, "data") is { } data)
                {
                    Find(Text(log, "vertex"))?.Add(BytesOf(data));
                }
            }
        }
    }

    private void ReadVertex(JsonElement vertex)
    {
        if (Text(vertex, "digest") is not { } digest)
        {
            return;
        }

        if (!_work.TryGetValue(digest, out var work))
        {
            var instruction = InstructionOf(Text(vertex, "name") ?? "");
            _work[digest] = work = new Work(instruction, line => Tell(new BuildEvent.Line(instruction, line)));
        }

        if (Text(vertex, "error") is { Length: > 0 } error)
        {
            work.End();
            if (!error.EndsWith(Canceled, StringComparison.Ordinal))
            {
                Fail(work.Instruction, error);
            }
        }
        else if (work.Instruction is { } instruction)
        {
            Follow(vertex, work, instruction);
        }
    }

    // An image that is resolved and then used begins and ends twice.
    private void Follow(JsonElement vertex, Work work, string instruction)
    {
        if (!work.Started && Text(vertex, "started") is not null)
        {
            work.Started = true;
            Tell(new BuildEvent.Started(instruction));
        }

        if (!work.Done && Text(vertex, "completed") is not null)
        {
            work.Done = true;
            work.End();
            Tell(new BuildEvent.Done(instruction, Cached: Find(vertex, "cached") is { ValueKind: JsonValueKind.True }));
        }
    }

    private Work? Find(string? digest) => digest is null ? null : _work.GetValueOrDefault(digest);

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string key) =>
        Find(element, key) is { } items && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;

    private static string? Text(JsonElement element, string key) =>
        Find(element, key) is { ValueKind: JsonValueKind.String } value ? Try(value.GetString) : null;

    private static JsonElement? Find(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object
            ? Try(() => element.TryGetProperty(key, out var value) ? value : (JsonElement?)null)
            : null;

    // A name or a text with half of a character (\ud800) cannot be read.
    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private static byte[] BytesOf(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : [];
    }

    private sealed class Work(string? instruction, Action<string> line)
    {
        // A chunk of output may end inside a character.
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
        private readonly LineBuffer _lines = new(line);

        public string? Instruction { get; } = instruction;

        public bool Started { get; set; }

        public bool Done { get; set; }

        public void Add(byte[] output)
        {
            var text = new char[_decoder.GetCharCount(output, flush: false)];
            _lines.Add(new string(text, 0, _decoder.GetChars(output, text, flush: false)));
        }

        public void End() => _lines.End();
    }
}
