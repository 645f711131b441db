using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F10: asks before the program ends, and tells whether a run goes on without it.</summary>
internal sealed class LeaveScreen(ScreenContext work) : Screen
{
    private string A => work.Rehearse ? "A rehearsal" : "An installation";

    /// <inheritdoc/>
    public override string Title => "Leave";

    /// <inheritdoc/>
    public override string Help => $"{A} at work does not need this screen: it runs in its own process.";

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, work.Run.IsAtWork ? "leave it at work" : "leave", work.Navigator.Leave),
            new(KeyPress.Letter('s'), "stop, leave", Stop) { When = work.Run.IsAtWork },
            new(KeyPress.Esc, "stay", work.Navigator.Back),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var text = work.Run.IsAtWork
            ? $"""
                The {work.Run.Word} is at work in a process of its own.

                Enter: leave this screen. The {work.Run.Word} goes on to its end.
                To see it again, in the full screen or in plain lines:
                {work.Commands.Start}
                {work.Commands.In("erp-installer attach")}

                s: stop the {work.Run.Word}, then leave. What is done stays done; the next start goes on from there.
                Esc: stay.
                """
            : """
                Nothing waits for this screen.

                Enter: leave. The answers so far are kept; the next start offers them.
                Esc: stay.
                """;
        return [.. text.Split('\n').SelectMany(l => Columns.Wrap(l, area.Width)).Select(l => new Line(l))];
    }

    private void Stop() => work.Run.Stop(told: work.Navigator.Leave);
}
