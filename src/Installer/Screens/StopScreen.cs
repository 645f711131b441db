using System.Drawing;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>Asks before an installation at work is stopped.</summary>
internal sealed class StopScreen(Workspace work) : Screen
{
    /// <inheritdoc/>
    public override string Title => $"Stop the {work.RunWord}?";

    /// <inheritdoc/>
    public override string Step => work.Run.Current?.Id ?? "";

    /// <inheritdoc/>
    public override string Help =>
        "Stopping is safe: the step at work is marked as interrupted and goes on at the next start.";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => [new("Enter", "stop it"), new("Esc", "let it go on")];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) =>
        [
            .. Columns
                .Wrap(
                    $"The step {Step} is at work. What is done stays done, and the next start goes on from there.",
                    area.Width
                )
                .Select(l => new Line(l)),
        ];

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key)
    {
        if (key == KeyPress.Enter)
        {
            work.StopInstalling();
            work.Navigator.Back();
        }

        return key == KeyPress.Enter;
    }
}
