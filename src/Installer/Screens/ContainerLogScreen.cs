using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Containers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The last lines that a group of containers wrote. Its containers can be restarted from here.</summary>
internal sealed class ContainerLogScreen(ScreenContext work, ContainerGroup group) : Screen
{
    private const int LinesRead = 500;

    private readonly ScrolledText _text = new();
    private IReadOnlyList<LogLine> _lines = [];
    private Line _message = Line.Empty;
    private bool _isAtWork;
    private bool _asksToRestart;
    private bool _hasRead;
    private bool _goesToEnd;

    /// <inheritdoc/>
    public override string Title => $"Log of {group.Name}";

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            The last {LinesRead} lines of both streams; those of stderr are marked with their color. r reads again.

            x restarts the containers of this group, one after the other. No data is lost. What they were doing is
            interrupted, and users may wait or see an error for some seconds.

            Each line when it is written: {work.Commands.In($"erp-installer logs {group.Name} --follow")}
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        _asksToRestart
            ? [new(KeyPress.Letter('y'), "restart", Restart), new(KeyPress.Esc, "cancel", Cancel)]
            :
            [
                new(KeyPress.Letter('r'), "read again", Read) { When = !_isAtWork },
                new(KeyPress.Letter('x'), "restart", Ask) { When = !_isAtWork && group.Job != JobRole.Init },
                new(KeyPress.Esc, "back", work.Navigator.Back),
                .. _text.Bindings(),
            ];

    /// <inheritdoc/>
    public override bool IsAtWork => _isAtWork;

    /// <inheritdoc/>
    public override Line Message => _message;

    /// <inheritdoc/>
    public override void Entered()
    {
        if (!_hasRead)
        {
            Read();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var lines = _lines.SelectMany(l => Draw(l, area.Width)).ToList();
        if (_hasRead && lines.Count == 0)
        {
            return [new Line("The log is empty.", Tone.Quiet)];
        }

        var drawn = _text.Draw(lines, area.Height);
        if (_goesToEnd)
        {
            _goesToEnd = false;
            _text.Go(int.MaxValue);
            drawn = _text.Draw(lines, area.Height);
        }

        return drawn;
    }

    private static IEnumerable<Line> Draw(LogLine line, int width) =>
        Columns
            .Wrap(TerminalText.Clean((line.Source.Length == 0 ? "" : $"{line.Source} | ") + line.Text), width)
            .Select(l => new Line(l, line.IsError ? Tone.Warning : Tone.Normal));

    private void Read()
    {
        (_isAtWork, _message) = (true, new Line("Reading the log", Tone.Quiet));
        Begin(
            (installation, stop) =>
                new ContainerLogs(installation).ReadAsync(group, new LogRequest(LinesRead, Since: null), stop),
            lines => (_lines, _hasRead, _goesToEnd, _message) = (lines, true, true, Line.Empty)
        );
    }

    private void Ask()
    {
        _asksToRestart = true;
        _message = new Line($"Restart the containers of {group.Name}? y restarts them, Esc cancels.", Tone.Warning);
    }

    private void Cancel() => (_asksToRestart, _message) = (false, Line.Empty);

    private void Restart()
    {
        _asksToRestart = false;
        (_isAtWork, _message) = (true, new Line($"Restarting {group.Name}", Tone.Quiet));
        Begin(
            (installation, stop) => new ContainerRestart(installation).RestartAsync(group, stop),
            count => _message = new Line(ContainerWords.Restarted(group, count), Tone.Good)
        );
    }

    // With the accepted answers: they describe what runs.
    private void Begin<T>(Func<Installation, CancellationToken, Task<T>> read, Action<T> done) =>
        work.Begin(
            stop => read(work.OpenAccepted(Operation.Install, heard: null), stop),
            found =>
            {
                _isAtWork = false;
                done(found);
            },
            Failed
        );

    private void Failed(InstallerException error) =>
        (_isAtWork, _hasRead, _message) = (
            false,
            true,
            new Line($"{error.Message}. {work.Commands.In(error.Hint)}", Tone.Bad)
        );
}
