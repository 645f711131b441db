using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>Asks before a run is stopped.</summary>
internal sealed class StopScreen(ScreenContext work) : Screen
{
    /// <inheritdoc/>
    public override string Title => $"Stop the {work.Run.Words.Noun}?";

    /// <inheritdoc/>
    public override string Step => work.Run.View.Current?.Id ?? "";

    /// <inheritdoc/>
    public override string Help =>
        "Stopping is safe: the present step becomes interrupted, and the next start resumes it.";

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [new(KeyPress.Enter, "stop it", Stop), new(KeyPress.Esc, "let it run", work.Navigator.Back)];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) =>
        [
            .. Columns
                .Wrap(
                    $"The step {Step} is running. Finished steps stay done, and the next start resumes there.",
                    area.Width
                )
                .Select(l => new Line(l)),
        ];

    private void Stop()
    {
        work.Run.Stop();
        work.Navigator.Back();
    }
}
