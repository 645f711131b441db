using System.Text.Json;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Turns the output of the engine's own builder into events: <c>Step 7/31 : RUN …</c> and the output in between.
/// </summary>
internal sealed partial class EngineBuildReader
{
    private const string Red = "\e[91m";
    private const string NotRed = "\e[0m";

    private readonly Action<BuildEvent> _tell;
    private readonly LineBuffer _lines;
    private string? _instruction;
    private string? _lastId;
    private bool _cached;
    private bool _built;

    public EngineBuildReader(Action<BuildEvent> tell)
    {
        _tell = tell;
        _lines = new LineBuffer(line => tell(new BuildEvent.Line(_instruction, line)));
    }

    /// <summary>Id of the image, once it is built. Earlier stages have ids too.</summary>
    public string? ImageId => _built ? _lastId : null;

    /// <summary>The error that stopped the build; null if none did.</summary>
    public BuildStopped? Stopped { get; private set; }

    /// <summary>Takes a message of the engine.</summary>
    public void Add(JSONMessage message)
    {
        if (message.Stream is { } stream)
        {
            Read(Unwrap(stream));
        }

        // Layers of a pulled image report progress. Messages without progress become a line.
        if (message is { Status: { Length: > 0 } status, Progress.Current: null or 0 })
        {
            _tell(new BuildEvent.Line(_instruction, message.ID is { Length: > 0 } id ? $"{id}: {status}" : status));
        }

        _lastId = AuxText.Of(message, "ID") ?? _lastId;
        if (message.Error?.Message is { } error)
        {
            _lines.End();
            Stopped ??= new BuildStopped(error.ReplaceLineEndings(" "), _instruction);
        }
    }

    /// <summary>The stream is over.</summary>
    public void End()
    {
        _lines.End();
        if (Stopped is null)
        {
            FinishInstruction();
        }
    }

    // Each message of the builder itself arrives separately, even if the command's output before has no line end.
    private void Read(string text)
    {
        var line = text.TrimEnd('\n');
        if (Step().Match(line) is { Success: true } step)
        {
            FinishInstruction();
            _instruction = step.Groups[1].Value;
            _tell(new BuildEvent.Started(_instruction));
        }
        else if (Bookkeeping().IsMatch(line))
        {
            _lines.End();
            _cached |= line == " ---> Using cache";
            _built |= line.StartsWith("Successfully built", StringComparison.Ordinal);
        }
        else
        {
            _lines.Add(text);
        }
    }

    // The engine colours the standard error of a command red, including line ends.
    private static string Unwrap(string text) =>
        text.StartsWith(Red, StringComparison.Ordinal) && text.EndsWith(NotRed, StringComparison.Ordinal)
            ? text[Red.Length..^NotRed.Length]
            : text;

    private void FinishInstruction()
    {
        _lines.End();
        if (_instruction is not null)
        {
            _tell(new BuildEvent.Done(_instruction, _cached));
        }

        _cached = false;
    }

    [GeneratedRegex(@"^Step [0-9]+/[0-9]+ : (.+)$")]
    private static partial Regex Step();

    [GeneratedRegex(
        "^(?: ---> (?:(?:Running in )?[0-9a-f]{12}|Using cache)|Removing intermediate container "
            + "[0-9a-f]{12}|Successfully built [0-9a-f]{12}|)$"
    )]
    private static partial Regex Bookkeeping();
}

/// <summary>
/// Reads the extra data of the engine's messages: the id of a built image, the digest of a pushed one.
/// </summary>
internal static class AuxText
{
    /// <summary>A text by its key; null when the message has none.</summary>
    public static string? Of(JSONMessage message, string key) =>
        message.Aux?.ExtensionData?.TryGetValue(key, out var value) == true
        && value is JsonElement { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
}
