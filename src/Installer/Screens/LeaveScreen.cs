using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F10: asks before the program ends, and says whether a run continues without it.</summary>
internal sealed class LeaveScreen(ScreenContext work) : Screen
{
    private string A => work.Rehearse ? "A rehearsal" : "An installation";

    /// <inheritdoc/>
    public override string Title => "Leave";

    /// <inheritdoc/>
    public override string Help => $"{A} does not need this screen: it runs in a separate process.";

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, work.Run.IsAtWork ? "leave it running" : "leave", work.Navigator.Leave),
            new(KeyPress.Letter('s'), "stop, leave", Stop) { When = work.Run.IsAtWork },
            new(KeyPress.Esc, "stay", work.Navigator.Back),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var text = work.Run.IsAtWork
            ? $"""
                The {work.Run.Words.Noun} is running in a separate process.

                Enter: leave this screen. The {work.Run.Words.Noun} continues.
                To watch it again, in the full screen or in plain lines:
                {work.Commands.Start}
                {work.Commands.In("erp-installer attach")}

                s: stop the {work.Run.Words.Noun}, then leave. Finished steps stay done; the next start resumes there.
                Esc: stay.
                """
            : """
                Nothing is running.

                Enter: leave. Your answers are saved; the next start offers them.
                Esc: stay.
                """;
        return [.. text.Split('\n').SelectMany(l => Columns.Wrap(l, area.Width)).Select(l => new Line(l))];
    }

    private void Stop() => work.Run.Stop(told: work.Navigator.Leave);
}
