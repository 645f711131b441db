using System.Text.RegularExpressions;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Turns the output of <c>docker buildx build</c> into events. Stages run in parallel, so their lines interleave.
/// </summary>
internal abstract partial class BuildxReader(Action<BuildEvent> tell)
{
    private string? _failed;
    private string? _error;

    /// <summary>Takes a line.</summary>
    public abstract void Add(string line);

    /// <summary>The error that stopped the build; the exit code is the program's.</summary>
    public BuildStopped StoppedBy(int exitCode) =>
        new(_error ?? $"docker buildx ended with exit code {exitCode}", _failed);

    /// <summary>Publishes an event.</summary>
    protected void Tell(BuildEvent happened) => tell(happened);

    /// <summary>
    /// The instruction in the name of a vertex; null if it is none, for example loading the context.
    /// </summary>
    protected static string? InstructionOf(string name) =>
        Vertex().Match(name) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>A vertex failed. Only the first failure counts, because BuildKit then cancels the others.</summary>
    protected void Fail(string? instruction, string error)
    {
        _failed ??= instruction;
        _error ??= error;
    }

    /// <summary>Takes a line that belongs to no vertex.</summary>
    protected void AddOther(string line)
    {
        const string Summary = "ERROR: ";
        if (line.StartsWith(Summary, StringComparison.Ordinal))
        {
            _error = line[Summary.Length..];
        }
        else if (line.Length > 0)
        {
            tell(new BuildEvent.Line(null, line));
        }
    }

    // "[builder  3/25] RUN …"; "[internal] load build context" is no instruction.
    [GeneratedRegex(@"^\[(?:[a-z0-9_.-]+ +)?[0-9]+/[0-9]+\] (.+)$")]
    private static partial Regex Vertex();
}
