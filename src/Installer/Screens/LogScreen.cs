using System.Drawing;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F4: the log. At its end it follows new lines; scrolled back it does not move.</summary>
internal sealed class LogScreen(ScreenContext work, string step) : Screen
{
    private LogPlace _top;
    private bool _follows = true;
    private bool _wraps;
    private string _sought = "";
    private long _found = -1;
    private int _height = 1;
    private int _width = 80;

    /// <summary>Whether the run ended while the log was open. The screen beneath shows the result.</summary>
    public bool HasEnded { get; set; }

    /// <inheritdoc/>
    public override string Title => "Log";

    /// <inheritdoc/>
    public override string Step => step;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            The messages of the installer and the output of builds and containers. The whole log is in
            {work.Directory.InstallLog}; this screen has its last {LogTail.Kept} lines, or those of earlier runs if
            none is running.

            The log follows new lines. Arrow up, Page Up and Home stop that; f or End follows again.

            w wraps lines that are longer than the terminal, and cuts them again.

            / searches; n finds the next match, N the previous one.
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Esc, "back", work.Navigator.Back),
            new(KeyPress.Letter('f'), _follows ? "pause" : "follow", () => _follows = !_follows),
            new(KeyPress.Letter('w'), _wraps ? "cut" : "wrap", Wrap),
            new(KeyPress.Letter('/'), "search", AskText),
            new("n/N", "next", (KeyPress.Letter('n'), () => FindNext(1)), (KeyPress.Letter('N'), () => FindNext(-1)))
            {
                When = _sought.Length > 0,
            },
            new("arrows", "scroll", (KeyPress.CursorDown, () => Down(1)), (KeyPress.CursorUp, () => Up(1)))
            {
                Bar = BarPlace.Help,
            },
            new(
                "PgUp/PgDn",
                "scroll by a page",
                (KeyPress.PageDown, () => Down(_height)),
                (KeyPress.PageUp, () => Up(_height))
            )
            {
                Bar = BarPlace.Help,
            },
            new(
                "Home/End",
                "to the start, or to the end and follow",
                (KeyPress.Home, () => (_top, _follows) = (Rows.First, false)),
                (KeyPress.End, () => _follows = true)
            )
            {
                Bar = BarPlace.Help,
            },
        ];

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override bool IsAtWork => _follows;

    /// <inheritdoc/>
    public override Line Message =>
        HasEnded ? Place.Add("  the run has ended, Esc shows its result", Tone.Accent) : Place;

    private Line Place =>
        _follows
            ? new Line($"following, {work.Run.View.Log.Count} lines", Tone.Quiet)
            : new Line(
                $"line {Math.Min(_top.Line + 1, work.Run.View.Log.Count)} of {work.Run.View.Log.Count}",
                Tone.Quiet
            ).Add(_sought.Length > 0 && Prompt is null ? $"  {_sought}{Beside()}" : "", Tone.Warning);

    private LogRows Rows => new(work.Run.View.Log, _width, _wraps);

    /// <inheritdoc/>
    public override void Entered()
    {
        if (work.Run.View.Log.Count == 0)
        {
            work.Run.LoadLog();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        (_width, _height) = (area.Width, area.Height - 1);
        var (log, rows, last) = (work.Run.View.Log, Rows, Rows.Last(_height));
        _top = _follows ? last : Earlier(rows.Nearest(_top), last);
        List<Line> lines =
        [
            .. rows.From(_top).Take(_height).Select(r => Draw(log[r.Line].Level, r.Text, r.Line == _found)),
        ];
        if (log.Count == 0)
        {
            lines.Add(new Line("Nothing yet.", Tone.Quiet));
        }

        if (Prompt is { } prompt)
        {
            lines.AddRange(Enumerable.Repeat(Line.Empty, Math.Max(0, _height - lines.Count)));
            lines.Add(prompt.Draw(_height));
        }

        return lines;
    }

    private static Line Draw(LogLevel level, string text, bool isFound) =>
        new(
            text,
            isFound
                ? Tone.Selected
                : level switch
                {
                    LogLevel.Warning => Tone.Warning,
                    LogLevel.Info => Tone.Normal,
                    _ => Tone.Quiet,
                }
        );

    private static LogPlace Earlier(LogPlace one, LogPlace other) =>
        (one.Line, one.Row).CompareTo((other.Line, other.Row)) <= 0 ? one : other;

    private string Beside() =>
        _found < 0 ? ": not found"
        : Rows.Hides(_found, _sought) ? ": right of the edge, w shows it"
        : "";

    private void Up(int rows) => (_top, _follows) = (Rows.Move(_top, -rows), false);

    private void Down(int rows)
    {
        var last = Rows.Last(_height);
        _top = Rows.Move(_top, rows);
        _follows = Earlier(_top, last) == last;
    }

    private void Wrap()
    {
        _wraps = !_wraps;
        _top = _found >= 0 && !_follows ? Around(_found) : _top;
    }

    private void AskText()
    {
        _follows = false;
        Ask(
            new Prompt("log.search", "Search: ", width: 40, _sought)
            {
                Changed = text => _sought = text,
                Accept = ("search", Search),
                Cancel = ("cancel", () => { }),
            }
        );
    }

    private bool Search(string text)
    {
        Find(_top.Line, 1);
        return true;
    }

    private void FindNext(int direction) => Find(_found < 0 ? _top.Line : _found + direction, direction);

    private void Find(long from, int direction)
    {
        _found = _sought.Length == 0 ? -1 : work.Run.View.Log.Find(_sought, from, direction);
        if (_found >= 0)
        {
            (_top, _follows) = (Around(_found), false);
        }
    }

    private LogPlace Around(long line) => Rows.Move(Rows.Of(line, _sought), -(_height / 2));
}
