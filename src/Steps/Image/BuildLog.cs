using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>Handles the events of a build: writes its output to <c>build.log</c> and updates the progress.</summary>
internal sealed class BuildLog : IDisposable
{
    // Enough lines to contain the cause: bench ends with a traceback of about 40 lines.
    private const int LinesKept = 200;

    private readonly StepContext _context;
    private readonly BuildProgress _progress;
    private readonly Dictionary<string, DockerfileStep> _steps = [];
    private readonly Dictionary<string, Queue<string>> _lines = [];
    private readonly StreamWriter _file;

    /// <param name="from">The step's progress at the start of the build.</param>
    /// <param name="to">The step's progress at the end.</param>
    /// <param name="parallel">True when the builder runs the rows in parallel.</param>
    public BuildLog(StepContext context, DockerfileText dockerfile, double from, double to, bool parallel)
    {
        _context = context;
        _progress = new BuildProgress(dockerfile.Steps, context, from, to, parallel);
        foreach (var step in dockerfile.Steps)
        {
            _steps.TryAdd(Key(step.Instruction), step);
        }

        Path = context.Directory.In("build.log");
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        _file = new StreamWriter(Path, options) { AutoFlush = true };
    }

    /// <summary>The Dockerfile's text.</summary>
    public string Path { get; }

    /// <summary>Handles an event.</summary>
    public void Add(BuildEvent happened)
    {
        _progress.Heard();
        switch (happened)
        {
            case BuildEvent.Started started:
                Write(started.Instruction);
                _progress.Started(StepOf(started.Instruction));
                break;
            case BuildEvent.Done done:
                _progress.Done(StepOf(done.Instruction), done.Cached);
                break;
            case BuildEvent.Line line:
                Keep(line);
                break;
        }
    }

    /// <summary>Makes the error of a failed build.</summary>
    public BuildFailed Explain(BuildStopped stopped)
    {
        var said = TerminalText.Clean(_context.Secrets.Redact(stopped.Message));
        Write(said);
        var step = StepOf(stopped.Instruction) ?? StepInWords(said);
        return BuildFailed.From(
            step,
            [.. _lines.GetValueOrDefault(Key(step?.Instruction ?? stopped.Instruction)) ?? []],
            stopped,
            Path,
            _context.Answers.Apps
        );
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _progress.Dispose();
        _progress.Keep();
        _file.Dispose();
    }

    private void Keep(BuildEvent.Line line)
    {
        var text = TerminalText.Clean(_context.Secrets.Redact(line.Text));
        Write(text);
        if (!_lines.TryGetValue(Key(line.Instruction), out var kept))
        {
            _lines[Key(line.Instruction)] = kept = [];
        }

        kept.Enqueue(text);
        if (kept.Count > LinesKept)
        {
            kept.Dequeue();
        }
    }

    private void Write(string line)
    {
        _file.WriteLine(line);
        _context.Report.Log(line, LogLevel.Output);
    }

    private DockerfileStep? StepOf(string? instruction) => _steps.GetValueOrDefault(Key(instruction));

    // BuildKit may end before it reports which vertex failed. Its error message then contains the command:
    // "executor failed running [/bin/sh -c bash /home/frappe/assets.sh crm]: exit code: 1".
    private DockerfileStep? StepInWords(string said) =>
        _steps.Values.FirstOrDefault(s =>
            s.Instruction.StartsWith("RUN ", StringComparison.Ordinal)
            && said.Contains($"[/bin/sh -c {WithoutMounts(s.Instruction)}]", StringComparison.Ordinal)
        );

    private static string WithoutMounts(string instruction) =>
        string.Join(
            ' ',
            instruction.Split(' ').Skip(1).SkipWhile(w => w.StartsWith("--mount=", StringComparison.Ordinal))
        );

    // BuildKit prints FROM with the full image name (docker.io/…) and without AS, so it does not match the Dockerfile's
    // instruction.
    private static string Key(string? instruction) => instruction ?? "";
}
