using System.Drawing;
using ErpInstaller.Run;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>What went wrong in a sentence, what to do about it, and the last lines; then again, otherwise, or later.</summary>
internal sealed class FailureScreen : Screen
{
    private const int LeastOfMessage = 3;

    private readonly Workspace _work;
    private readonly Finished _failed;
    private readonly ChoiceList _choices = new();

    public FailureScreen(Workspace work, Finished failed, Action again, Action change)
    {
        (_work, _failed) = (work, failed);
        _choices.Choices =
        [
            new Choice(failed.Status == StepStatus.Interrupted ? "Go on" : "Retry", "", again),
            new Choice(
                "Change an answer",
                _failed.Step is null ? "" : $"At those that {_failed.Step} depends on.",
                change
            ),
            new Choice("Open the log", "", () => work.Navigator.Open(new LogScreen(work, Step))),
            new Choice("Leave", "The next start goes on from here.", work.Navigator.Leave),
        ];
    }

    /// <inheritdoc/>
    public override string Title =>
        (_failed.Status, _failed.Step) switch
        {
            (StepStatus.Interrupted, _) => "Stopped",
            (_, { } step) => $"{step} failed",
            _ => "It failed",
        };

    /// <inheritdoc/>
    public override string Step => _failed.Step ?? "";

    /// <inheritdoc/>
    public override string Help =>
        $"""
            What happened, and under it what can be done about it. Retry goes on at the step that failed: nothing that was finished is done again.
            The whole story is in {_work.Directory.InstallLog}.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => [new("Enter", "choose"), new("arrows", "move")];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var choices = _choices.Draw(area.Width, _work.Glyphs).ToList();
        var hint = Columns.Wrap(_failed.Hint ?? "", area.Width).Select(l => new Line(l, Tone.Accent)).ToList();
        var message = Columns
            .Wrap(_failed.Message ?? "Interrupted.", area.Width)
            .Select(l => new Line(l, Tone.Bad))
            .ToList();
        // Of a long story the beginning: what to do about it must be seen.
        var most = Math.Max(LeastOfMessage, area.Height - choices.Count - hint.Count - 3);
        List<Line> lines =
        [
            .. message.Count <= most
                ? message
                : [.. message.Take(most - 1), new Line("The rest is in the log.", Tone.Quiet)],
            Line.Empty,
            .. hint,
            Line.Empty,
        ];
        // What can be done is always seen; of the last lines as many as fit between.
        var room = Math.Max(0, area.Height - lines.Count - choices.Count - 1);
        var last =
            _failed.Details.Count > 0
                ? Details(area.Width, room)
                : [.. _work.Run.Log.Last(room, Step).Select(l => l.Text)];
        lines.AddRange(last.TakeLast(room).Select(l => new Line(l, Tone.Quiet)));
        return [.. lines.Take(area.Height - choices.Count - 1), Line.Empty, .. choices];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key) => _choices.OnKey(key);

    // Whole where there is room for it; otherwise a row of each.
    private IReadOnlyList<string> Details(int width, int room)
    {
        var whole = _failed.Details.SelectMany(d => Columns.Wrap(d, width)).ToList();
        return whole.Count <= room ? whole : _failed.Details;
    }
}
