using System.Text.RegularExpressions;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Reads <c>--progress=plain</c>: <c>#8 [builder 3/9] RUN …</c>, <c>#8 0.339 output</c>, <c>#8 DONE 0.4s</c>.
/// </summary>
internal sealed partial class BuildxPlainReader(Action<BuildEvent> tell) : BuildxReader(tell)
{
    private readonly Dictionary<string, string> _instructions = [];
    private bool _summary;

    /// <inheritdoc/>
    public override void Add(string line)
    {
        // At the end, it repeats the last lines of the failed command between two of these.
        if (line == "------")
        {
            _summary = !_summary;
        }
        else if (!_summary && Numbered().Match(line) is { Success: true } numbered)
        {
            Read(numbered.Groups[1].Value, numbered.Groups[2].Value);
        }
        else if (!_summary)
        {
            AddOther(line);
        }
    }

    private void Read(string number, string text)
    {
        var instruction = _instructions.GetValueOrDefault(number);
        if (instruction is null && InstructionOf(text) is { } begun)
        {
            _instructions[number] = begun;
            Tell(new BuildEvent.Started(begun));
        }
        else if (instruction is not null && (text == "CACHED" || text.StartsWith("DONE ", StringComparison.Ordinal)))
        {
            Tell(new BuildEvent.Done(instruction, Cached: text == "CACHED"));
        }
        else if (text.StartsWith("ERROR: ", StringComparison.Ordinal))
        {
            Fail(instruction, text["ERROR: ".Length..]);
        }
        else if (Output().Match(text) is { Success: true } output)
        {
            Tell(new BuildEvent.Line(instruction, output.Groups[1].Value));
        }
    }

    [GeneratedRegex("^#([0-9]+) (.*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex("^[0-9]+\\.[0-9]+ ?(.*)$")]
    private static partial Regex Output();
}
