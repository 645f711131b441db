using System.Drawing;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F10: leave, and what becomes of an installation that is at work.</summary>
internal sealed class LeaveScreen(Workspace work) : Screen
{
    private string A => work.Rehearse ? "A rehearsal" : "An installation";

    /// <inheritdoc/>
    public override string Title => "Leave";

    /// <inheritdoc/>
    public override string Help => $"{A} at work does not need this screen: it goes on in a process of its own.";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        work.IsInstalling
            ? [new("Enter", "leave it at work"), new("s", "stop, leave"), new("Esc", "stay")]
            : [new("Enter", "leave"), new("Esc", "stay")];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var text = work.IsInstalling
            ? $"""
                The {work.RunWord} is at work in a process of its own.

                Enter: leave this screen. The {work.RunWord} goes on to its end. Look in again, in the full screen or in plain lines:
                {work.Commands.Start}
                {work.Commands.In("erp-installer attach")}

                s: stop the {work.RunWord}, then leave. What is done stays done; the next start goes on from there.
                Esc: stay.
                """
            : """
                Nothing waits for this screen.

                Enter: leave. The answers so far are kept; the next start offers them.
                Esc: stay.
                """;
        return [.. text.Split('\n').SelectMany(l => Columns.Wrap(l, area.Width)).Select(l => new Line(l))];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key)
    {
        if (key == KeyPress.Enter)
        {
            work.Navigator.Leave();
        }
        else if (work.IsInstalling && key == KeyPress.Letter('s'))
        {
            work.StopInstalling(told: work.Navigator.Leave);
        }

        return key != KeyPress.Esc;
    }
}
