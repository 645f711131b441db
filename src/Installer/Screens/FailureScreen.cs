using System.Drawing;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>A failed run: the error, the hint, the last lines of the log, and the choices.</summary>
internal sealed class FailureScreen : Screen
{
    private const int MinMessage = 3;

    private readonly ScreenContext _work;
    private readonly Finished _failed;
    private readonly ChoiceList _choices = new();

    /// <param name="again">Starts the operation again; null: only its command can.</param>
    /// <param name="change">Opens the answers of the failed step; null: the screens do not ask for them.</param>
    /// <param name="back">Opens the start screen; null: it is not offered.</param>
    public FailureScreen(
        ScreenContext work,
        Finished failed,
        Action? again = null,
        Action? change = null,
        Action? back = null
    )
    {
        (_work, _failed) = (work, failed);
        _choices.Choices =
        [
            .. again is null ? [] : (Choice[])[new(IsInterrupted ? "Resume" : "Retry", "", again)],
            .. change is null ? [] : (Choice[])[new("Change an answer", Answers, change)],
            .. back is null ? [] : (Choice[])[new("Start screen", "", back)],
            new Choice("Open the log", "", () => work.Navigator.Open(new LogScreen(work, Step))),
            new Choice("Leave", "The next start resumes here.", work.Navigator.Leave),
        ];
    }

    /// <inheritdoc/>
    public override string Title =>
        (_failed.Status, _failed.Step) switch
        {
            (StepStatus.Interrupted, _) => "Stopped",
            (_, { } step) => $"{step} failed",
            _ => "The run failed",
        };

    /// <inheritdoc/>
    public override string Step => _failed.Step ?? "";

    /// <inheritdoc/>
    public override string Help =>
        $"""
            The error, with a hint below it. Retry resumes at the failed step: finished steps are not repeated.

            The whole log is in {_work.Directory.InstallLog}.
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => !_work.Run.IsInstall;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings => [.. _choices.Bindings("choose")];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var choices = _choices.Draw(area.Width, _work.Glyphs).ToList();
        var hint = Columns.Wrap(_failed.Hint ?? "", area.Width).Select(l => new Line(l, Tone.Accent)).ToList();
        var message = Columns
            .Wrap(_failed.Message ?? "Interrupted.", area.Width)
            .Select(l => new Line(l, Tone.Bad))
            .ToList();
        // A long message is cut so that the hint stays visible.
        var max = Math.Max(MinMessage, area.Height - choices.Count - hint.Count - 3);
        List<Line> lines =
        [
            .. message.Count <= max
                ? message
                : [.. message.Take(max - 1), new Line("The rest is in the log.", Tone.Quiet)],
            Line.Empty,
            .. hint,
            Line.Empty,
        ];
        // The choices are always visible; the log gets the remaining rows.
        var room = Math.Max(0, area.Height - lines.Count - choices.Count - 1);
        var last =
            _failed.Details.Count > 0
                ? Details(area.Width, room)
                : [.. _work.Run.View.Log.Last(room, Step).Select(l => l.Text)];
        lines.AddRange(last.TakeLast(room).Select(l => new Line(l, Tone.Quiet)));
        return [.. lines.Take(area.Height - choices.Count - 1), Line.Empty, .. choices];
    }

    private string Answers => _failed.Step is null ? "" : $"Shows the answers that {_failed.Step} depends on.";

    private bool IsInterrupted => _failed.Status == StepStatus.Interrupted;

    // Wrapped if there is room, otherwise one row each.
    private IReadOnlyList<string> Details(int width, int room)
    {
        var whole = _failed.Details.SelectMany(d => Columns.Wrap(d, width)).ToList();
        return whole.Count <= room ? whole : _failed.Details;
    }
}
