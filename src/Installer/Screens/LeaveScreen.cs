using System.Drawing;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>F10: leave, and what becomes of an installation that is at work.</summary>
internal sealed class LeaveScreen(Workspace work) : Screen
{
    private bool IsInstalling => work.Run is { Current: not null, Result: null };

    /// <inheritdoc/>
    public override string Title => "Leave";

    /// <inheritdoc/>
    public override string Help => "An installation at work does not need this screen: it goes on in a process of its own.";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => IsInstalling
        ? [new("Enter", "leave, it goes on"), new("s", "stop it and leave"), new("Esc", "stay")]
        : [new("Enter", "leave"), new("Esc", "stay")];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var text = IsInstalling
            ? """
              The installation is at work in a process of its own.

              Enter: leave this screen. The installation goes on to its end; look in with  ./erp-installer  or  ./erp-installer attach
              s: stop the installation, then leave. What is done stays done; the next start goes on from there.
              Esc: stay.
              """
            : """
              Nothing is at work.

              Enter: leave. The answers so far are kept; the next start offers them.
              Esc: stay.
              """;
        return [.. text.Split('\n').SelectMany(l => Columns.Wrap(l, area.Width)).Select(l => new Line(l))];
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key)
    {
        if (key == Key.Enter)
        {
            work.Navigator.Leave();
        }
        else if (IsInstalling && key == Key.S)
        {
            work.StopInstalling();
            work.Navigator.Leave();
        }

        return key != Key.Esc;
    }
}
