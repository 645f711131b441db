using System.Globalization;
using System.Text.Json;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>A line of the output of <c>backup.py</c>.</summary>
internal sealed class BackupLine
{
    private const string Start = "{\"backup\":";

    private readonly JsonElement _values;

    private bool Find(string name, out JsonElement value)
    {
        value = default;
        return _values.ValueKind == JsonValueKind.Object && _values.TryGetProperty(name, out value);
    }

    private BackupLine(string text, JsonElement values) => (Text, _values) = (text, values);

    /// <summary>The line itself.</summary>
    public string Text { get; }

    /// <summary>What it tells: progress, warning, snapshot or one of the last lines.</summary>
    public string Kind => Word("backup");

    /// <summary>Whether it is the script's last line.</summary>
    public bool IsLast =>
        Kind
            is "done"
                or "checked"
                or "listed"
                or "found"
                or "prepared"
                or "restored"
                or "closed"
                or "opened"
                or "held"
                or "lost"
                or "uninstalled"
                or "failed";

    /// <summary>Reads the lines of an output. Lines of other programs are skipped.</summary>
    public static IReadOnlyList<BackupLine> In(IEnumerable<string> lines) =>
        [.. lines.Select(Read).OfType<BackupLine>()];

    /// <summary>Reads one line; null: it is none of the script's.</summary>
    public static BackupLine? Read(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return new BackupLine(line, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of it in one line, or "".</summary>
    public string Word(string name) =>
        Find(name, out var value) && value.ValueKind == JsonValueKind.String
            ? TerminalText.Clean(value.GetString()!).ReplaceLineEndings(" ")
            : "";

    /// <summary>A number of it, or 0.</summary>
    public long Number(string name) => Find(name, out var value) && value.TryGetInt64(out var number) ? number : 0;

    /// <summary>What it was said with, for <c>done</c>.</summary>
    public BackupOutputs ToOutputs() =>
        new(Word("snapshot"), Number("bytes"), Number("added"), Number("tables"), Number("removed"), Text);

    /// <summary>The backup of a <c>snapshot</c> line; null: the line is not whole.</summary>
    public BackupKnown? ToKnown() =>
        DateTimeOffset.TryParse(
            Word("time"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? new BackupKnown(Word("id"), time, Word("by"), Word("release"), Number("bytes"), Apps())
            : null;

    /// <summary>Whether it says yes to something.</summary>
    public bool Is(string name) => Find(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A group of values of it, as a line of its own.</summary>
    public BackupLine Part(string name) => new(Text, Find(name, out var part) ? part : default);

    /// <summary>What a rollback would lose.</summary>
    public IReadOnlyList<LostDocuments> Lost() =>
        Find("documents", out var documents) && documents.ValueKind == JsonValueKind.Array
            ? [.. documents.EnumerateArray().Select(d => new BackupLine(Text, d).ToLost())]
            : [];

    private LostDocuments ToLost() => new(Word("name"), Number("created"), Number("changed"));

    /// <summary>Apps with their versions.</summary>
    public IReadOnlyDictionary<string, string> Apps(string name = "apps") =>
        Find(name, out var apps) && apps.ValueKind == JsonValueKind.Object
            ? apps.EnumerateObject().ToDictionary(a => a.Name, a => TerminalText.Clean(a.Value.ToString()))
            : new Dictionary<string, string>();
}

/// <summary>Documents that a rollback would lose.</summary>
/// <param name="Name">Their DocType.</param>
/// <param name="Created">How many were created since.</param>
/// <param name="Changed">How many others were changed since.</param>
internal sealed record LostDocuments(string Name, long Created, long Changed);
