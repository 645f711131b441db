using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Frame;

/// <summary>The whole terminal as lines: title, steps, the screen, its message, the key bar.</summary>
internal static class FramePicture
{
    /// <summary>The smallest terminal that shows the screens.</summary>
    public static readonly Size Min = new(80, 24);

    // Above the screen: the title bar, the title and a blank line. Below: the message and the key bar.
    private const int Above = 3;
    private const int Below = 2;
    private const int BesideSteps = StepColumn.Width + 2;
    private const int Wide = 1;

    /// <summary>The top left corner of a screen's own area.</summary>
    public static Point OriginOf(Screen screen) => new(screen.IsWide ? Wide : BesideSteps, Above);

    /// <summary>The part of a terminal that belongs to a screen.</summary>
    public static Size AreaOf(Screen screen, Size terminal) =>
        new(terminal.Width - OriginOf(screen).X, terminal.Height - Above - Below);

    /// <summary>Whether the terminal is large enough.</summary>
    public static bool Fits(Size terminal) => terminal.Width >= Min.Width && terminal.Height >= Min.Height;

    /// <summary>All lines from top to bottom.</summary>
    public static IReadOnlyList<Line> Draw(ScreenContext work, Size terminal)
    {
        if (!Fits(terminal))
        {
            return
            [
                new Line(
                    $"The installer needs {Min.Width}x{Min.Height}, "
                        + $"this terminal has {terminal.Width}x{terminal.Height}."
                ),
                new Line("Make it larger. Nothing is lost."),
            ];
        }

        var screen = work.Navigator.Current;
        var left = Left(work, screen);
        var message = Message(work, screen, terminal.Width);
        var middle = Middle(screen, AreaOf(screen, new Size(terminal.Width, terminal.Height + 1 - message.Count)));
        var lines = new List<Line> { TitleBar(work, terminal.Width) };
        for (var row = 0; row < terminal.Height - 2 - message.Count; row++)
        {
            var line = new Line().Add(left(row));
            lines.Add(
                row < middle.Count ? line.Add(middle[row].Clip(terminal.Width - line.Width, work.Glyphs.More)) : line
            );
        }

        lines.AddRange(message);
        lines.Add(KeyBar(work, terminal.Width));
        return lines;
    }

    // The message about unsaved answers is on every screen and is never cut, so the screen gets fewer rows.
    private static List<Line> Message(ScreenContext work, Screen screen, int width) =>
        work.Interview.NotKept is { } notKept
            ?
            [
                .. Columns
                    .Wrap($"{notKept.Message}. {notKept.Hint}", width - 2)
                    .Select(l => new Line(" ").Add(l, Tone.Bad)),
            ]
            : [new Line(" ").Add(screen.Message).Clip(width, work.Glyphs.More)];

    private static List<Line> Middle(Screen screen, Size area) =>
        [new Line(screen.Title, Tone.Strong), Line.Empty, .. screen.Draw(area).Take(area.Height)];

    private static Func<int, Line> Left(ScreenContext work, Screen screen)
    {
        if (screen.IsWide)
        {
            return _ => new Line(" ");
        }

        var steps = StepColumn.Draw(work.Run.View, screen.Step, work.Glyphs, work.Time.GetUtcNow());
        return row =>
            new Line()
                .Add(row < steps.Count ? steps[row].Clip(StepColumn.Width, work.Glyphs.More) : Line.Empty)
                .Pad(StepColumn.Width)
                .Add(work.Glyphs.Vertical, Tone.Quiet)
                .Add(" ");
    }

    private static Line TitleBar(ScreenContext work, int width)
    {
        var right = work.Rehearse ? "REHEARSAL: nothing is installed " : "";
        var left = new Line(" ERPNext installer", Tone.Bar);
        var installed = work.Navigator.IsAboutWhatRuns ? work.Installed?.Answers : null;
        if ((installed?.Site.Name ?? work.Interview.SiteName) is { } site)
        {
            left.Add($"  {site}  {(installed ?? work.Interview.Answers).Erpnext.Release}", Tone.Bar);
        }

        left = left.Clip(width - right.Length - 1, work.Glyphs.More);
        return left.To(width - right.Length, Tone.Bar).Add(right, Tone.Bar);
    }

    private static Line KeyBar(ScreenContext work, int width)
    {
        var own = work.Navigator.Current.PresentBindings;
        Binding[] shown =
        [
            .. own.Where(b => b.Bar == BarPlace.Start),
            .. FrameKeys.Bindings(work).Where(b => b.Bar == BarPlace.Start),
            .. own.Where(b => b.Bar == BarPlace.End),
        ];
        var line = new Line();
        foreach (var binding in shown.Where(b => b.When))
        {
            line.Add(" ").Add(binding.Name, Tone.Accent).Add($" {binding.Label} ", Tone.Normal);
        }

        return line.Clip(width, work.Glyphs.More);
    }
}
