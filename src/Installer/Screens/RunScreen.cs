using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The run: the progress of the present step, its containers or apps, and the last lines of the log.</summary>
internal sealed class RunScreen(ScreenContext work) : Screen
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string Title =>
        work.Run.View.Result switch
        {
            null => Step.Length == 0 ? work.Run.Words.Doing : $"{work.Run.Words.Doing}: {Step}",
            { Status: StepStatus.Done } => work.Run.Words.Done,
            _ => "Stopped",
        };

    /// <inheritdoc/>
    public override string Step => work.Run.View.Current?.Id ?? "";

    /// <inheritdoc/>
    public override string Help =>
        $"""
            The {Noun} runs in a separate process: it continues if you close this screen or lose
            the connection. {work.Commands.Start} shows it again.

            {(IsInstall ? "Building the image takes longest. " : "")}A failure stops the {Noun} at that step; finished
            steps are not repeated.
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => !IsInstall;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [new(KeyPress.Letter('s'), "stop", () => work.Navigator.Open(new StopScreen(work)))];

    /// <inheritdoc/>
    public override bool IsAtWork => work.Run.View.Result is null;

    /// <inheritdoc/>
    public override Line Message
    {
        get
        {
            var silent = work.Run.View.LastHeard is { } heard ? work.Time.GetUtcNow() - heard : TimeSpan.Zero;
            return silent > Quiet && IsAtWork
                ? new Line($"last output {Duration.Clock(silent.TotalSeconds)} ago", Tone.Quiet)
                : Line.Empty;
        }
    }

    private bool IsInstall => work.Run.IsInstall;

    private string Noun => work.Run.Words.Noun;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var lines = new List<Line>();
        List<Line> table = [.. Table(area.Width)];
        if (work.Run.View.Current is { } step)
        {
            // One line, so that the table below it does not move.
            lines.AddRange(
                table.Count > 0
                    ? [new Line(step.Text)]
                    : Columns.Wrap(step.Text, area.Width).Take(3).Select(l => new Line(l))
            );
            lines.AddRange(step.Ratio is { } ratio ? [Bar(ratio, area.Width)] : []);
            lines.AddRange(step.Note is { } note ? [new Line(note, Tone.Quiet)] : []);
            lines.Add(Line.Empty);
        }

        if (IsAtWork && work.Run.View.Current is null)
        {
            lines.AddRange(
                Columns
                    .Wrap(
                        $"The {Noun} starts in a separate process: it continues when this screen is closed.",
                        area.Width
                    )
                    .Select(l => new Line(l, Tone.Quiet))
            );
        }

        lines.AddRange(table);
        var room = area.Height - lines.Count - (table.Count > 0 ? 1 : 0);
        if (room > 1)
        {
            lines.AddRange(table.Count > 0 ? [Line.Empty] : []);
            lines.AddRange(
                work.Run.View.Log.Last(room, Step)
                    .Select(l => new Line(l.Text, l.Level == LogLevel.Warning ? Tone.Warning : Tone.Quiet))
            );
        }

        return lines;
    }

    private IEnumerable<Line> Table(int width) =>
        Step switch
        {
            StepId.Image => AppTable.Draw(work.Run.View.Apps, work.Glyphs),
            StepId.Deployment => ContainerTable.Draw(work.Run.View.Containers, work.Glyphs, width),
            _ => [],
        };

    private Line Bar(double ratio, int width)
    {
        var bar = Math.Max(10, width - 6);
        return new Line(work.Glyphs.Bar(ratio, bar), Tone.Accent).Add($" {ratio * 100, 3:0} %");
    }
}
