using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>Takes the lines of a build: keeps them in <c>build.log</c>, and tells by them how far it is.</summary>
internal sealed class BuildLog : IDisposable
{
    private readonly StepContext _context;
    private readonly DockerfileText _dockerfile;
    private readonly StreamWriter _file;
    private readonly List<string> _lines = [];

    public BuildLog(StepContext context, DockerfileText dockerfile)
    {
        _context = context;
        _dockerfile = dockerfile;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        _file = new StreamWriter(context.Directory.In("build.log"), options) { AutoFlush = true };
    }

    /// <summary>What the instruction at work is about.</summary>
    public string Doing { get; private set; } = "starting the build";

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Takes what the engine wrote.</summary>
    public void Add(string text)
    {
        foreach (var line in TerminalText.Clean(_context.Secrets.Redact(text)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _lines.Add(line);
            _file.WriteLine(line);
            _context.Report.Log(line, LogLevel.Output);
            Notice(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // "Step 7/31 : RUN …", as the engine's own builder counts.
    private void Notice(string line)
    {
        if (!line.StartsWith("Step ", StringComparison.Ordinal) || line.IndexOf('/', StringComparison.Ordinal) is not (> 5 and var slash) || !int.TryParse(line.AsSpan(5, slash - 5), out var step))
        {
            return;
        }

        // The labels that are given to the API come as one instruction more, at the end.
        Doing = step <= _dockerfile.Steps.Count ? _dockerfile.Steps[step - 1] : "putting the image together";
        _context.Report.Progress(Doing, Math.Min(1, (step - 1.0) / _dockerfile.Steps.Count));
    }
}
