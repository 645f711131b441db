using System.Text.RegularExpressions;

namespace ErpInstaller.Docker;

/// <summary>
/// Makes events of what <c>docker buildx build --progress=plain</c> writes: <c>#8 [builder 3/9] RUN …</c>,
/// <c>#8 0.339 output</c>, <c>#8 DONE 0.4s</c>. Stages run at the same time, so lines of several interleave.
/// </summary>
internal sealed partial class BuildxReader(Action<BuildEvent> tell)
{
    private readonly Dictionary<string, string> _instructions = [];
    private string? _failed;
    private string? _error;
    private bool _summary;

    /// <summary>What stopped the build, for the exit code that the program gave.</summary>
    public BuildStopped StoppedBy(int exitCode) =>
        new(_error ?? $"docker buildx ended with exit code {exitCode}", _failed);

    /// <summary>Takes a line.</summary>
    public void Add(string line)
    {
        // At the end it repeats the last lines of what failed between two of these.
        if (line == "------")
        {
            _summary = !_summary;
        }
        else if (!_summary && Numbered().Match(line) is { Success: true } numbered)
        {
            Read(numbered.Groups[1].Value, numbered.Groups[2].Value);
        }
        else if (!_summary && line.StartsWith("ERROR: ", StringComparison.Ordinal))
        {
            _error = line["ERROR: ".Length..];
        }
        else if (!_summary && line.Length > 0)
        {
            tell(new BuildEvent.Line(null, line));
        }
    }

    private void Read(string number, string text)
    {
        var instruction = _instructions.GetValueOrDefault(number);
        if (Vertex().Match(text) is { Success: true } vertex && instruction is null)
        {
            _instructions[number] = vertex.Groups[1].Value;
            tell(new BuildEvent.Started(vertex.Groups[1].Value));
        }
        else if (instruction is not null && (text == "CACHED" || text.StartsWith("DONE ", StringComparison.Ordinal)))
        {
            tell(new BuildEvent.Done(instruction, Cached: text == "CACHED"));
        }
        else if (text.StartsWith("ERROR: ", StringComparison.Ordinal))
        {
            _failed ??= instruction;
            _error ??= text["ERROR: ".Length..];
        }
        else if (Output().Match(text) is { Success: true } output)
        {
            tell(new BuildEvent.Line(instruction, output.Groups[1].Value));
        }
    }

    [GeneratedRegex("^#([0-9]+) (.*)$")]
    private static partial Regex Numbered();

    // "[builder  3/25] RUN …"; "[internal] load build context" is no instruction.
    [GeneratedRegex(@"^\[(?:[a-z0-9_.-]+ +)?[0-9]+/[0-9]+\] (.+)$")]
    private static partial Regex Vertex();

    [GeneratedRegex("^[0-9]+\\.[0-9]+ ?(.*)$")]
    private static partial Regex Output();
}
