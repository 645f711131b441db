using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The steps in the left column: sign, name and duration.</summary>
internal static class StepColumn
{
    /// <summary>Its width.</summary>
    public const int Width = 21;

    private const int Time = 16;

    /// <summary>Its lines.</summary>
    /// <param name="here">The step that the screen belongs to.</param>
    public static IReadOnlyList<Line> Draw(RunView run, string here, Glyphs glyphs, DateTimeOffset now) =>
        [Line.Empty, .. run.Steps.Select(step => Draw(step, here, glyphs, now))];

    private static Line Draw(StepView step, string here, Glyphs glyphs, DateTimeOffset now)
    {
        var (sign, tone) = Sign(step.Status, glyphs);
        var seconds = step.Began is { } began ? Math.Max(0, (now - began).TotalSeconds) : step.Seconds;
        var line = new Line(step.Id == here ? glyphs.Pointer : " ", Tone.Accent)
            .Add(sign, tone)
            .Add(" ")
            .Add(step.Id, step.Id == here ? Tone.Strong : Tone.Normal);
        return seconds is { } s && !step.Skipped ? line.To(Time).Add(Duration.ShortClock(s), Tone.Quiet) : line;
    }

    private static (string Sign, Tone Tone) Sign(StepStatus status, Glyphs glyphs) =>
        status switch
        {
            StepStatus.Done => (glyphs.Done, Tone.Good),
            StepStatus.Running => (glyphs.Running, Tone.Accent),
            StepStatus.Failed => (glyphs.Failed, Tone.Bad),
            StepStatus.Stale => (glyphs.Stale, Tone.Warning),
            StepStatus.Interrupted => (glyphs.Interrupted, Tone.Warning),
            _ => (glyphs.Waiting, Tone.Quiet),
        };
}
