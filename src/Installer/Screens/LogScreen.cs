using System.Drawing;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F4: the log as it grows; scrolled back it stands still, at its end it follows.</summary>
internal sealed class LogScreen(Workspace work, string step) : Screen
{
    private LogPlace _top;
    private bool _follows = true;
    private bool _wraps;
    private bool _searches;
    private string _sought = "";
    private long _found = -1;
    private int _height = 1;
    private int _width = 80;

    /// <summary>The run that was followed has ended meanwhile: beneath lies how.</summary>
    public bool HasEnded { get; set; }

    /// <inheritdoc/>
    public override string Title => "Log";

    /// <inheritdoc/>
    public override string Step => step;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            What the installer does and what builds and containers write. The whole log is in {work.Directory.InstallLog}; here are its last {LogTail.Kept} lines, of earlier runs too when none is at work.
            At its end it follows what comes; an arrow up, Page Up or Home stops it there. f or End follows again.
            w wraps lines that are longer than the terminal, and cuts them again.
            / searches, n finds the next such line, N the one before.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        _searches
            ? [new("Enter", "search"), new("Esc", "no search")]
            :
            [
                new("Esc", "back"),
                new("f", _follows ? "pause" : "follow"),
                new("w", _wraps ? "cut" : "wrap"),
                new("/", "search"),
                .. (KeyHint[])(_sought.Length > 0 ? [new("n/N", "next")] : []),
            ];

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override bool IsAtWork => _follows;

    /// <inheritdoc/>
    public override Typing? Typing =>
        _searches ? new Typing("log.search", 8, _height, 40, _sought, IsSecret: false, text => _sought = text) : null;

    /// <inheritdoc/>
    public override Line Message => HasEnded ? Place.Add("  it has ended, Esc shows how", Tone.Accent) : Place;

    private Line Place =>
        _follows
            ? new Line($"following, {work.Run.Log.Count} lines", Tone.Quiet)
            : new Line($"line {Math.Min(_top.Line + 1, work.Run.Log.Count)} of {work.Run.Log.Count}", Tone.Quiet).Add(
                _sought.Length > 0 && !_searches ? $"  {_sought}{Beside()}" : "",
                Tone.Warning
            );

    private LogRows Rows => new(work.Run.Log, _width, _wraps);

    /// <inheritdoc/>
    public override void Entered()
    {
        if (work.Run.Log.Count == 0)
        {
            work.RememberLog();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        (_width, _height) = (area.Width, area.Height - 1);
        var (log, rows, last) = (work.Run.Log, Rows, Rows.Last(_height));
        _top = _follows ? last : Earlier(rows.Nearest(_top), last);
        List<Line> lines =
        [
            .. rows.From(_top).Take(_height).Select(r => Draw(log[r.Line].Level, r.Text, r.Line == _found)),
        ];
        if (log.Count == 0)
        {
            lines.Add(new Line("Nothing yet.", Tone.Quiet));
        }

        while (_searches && lines.Count < _height)
        {
            lines.Add(Line.Empty);
        }

        return _searches ? [.. lines, new Line("Search: ", Tone.Accent)] : lines;
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key) => _searches ? OnSearchKey(key) : OnScrollKey(key);

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

    private bool OnSearchKey(KeyPress key)
    {
        if (key == KeyPress.Enter)
        {
            (_searches, _follows) = (false, false);
            Find(_top.Line, 1);
        }
        else if (key == KeyPress.Esc)
        {
            _searches = false;
        }

        return true;
    }

    private bool OnScrollKey(KeyPress key)
    {
        var rows = Rows;
        LogPlace? to = key switch
        {
            _ when key == KeyPress.CursorUp => rows.Move(_top, -1),
            _ when key == KeyPress.CursorDown => rows.Move(_top, 1),
            _ when key == KeyPress.PageUp => rows.Move(_top, -_height),
            _ when key == KeyPress.PageDown => rows.Move(_top, _height),
            _ when key == KeyPress.Home => rows.First,
            _ => null,
        };
        if (to is { } place)
        {
            _top = place;
            _follows =
                (key == KeyPress.CursorDown || key == KeyPress.PageDown)
                && Earlier(place, rows.Last(_height)) == rows.Last(_height);
            return true;
        }

        return OnLetter(key);
    }

    private bool OnLetter(KeyPress key)
    {
        switch (key.Character)
        {
            case 'f':
                _follows = !_follows;
                return true;
            case 'w':
                _wraps = !_wraps;
                _top = _found >= 0 && !_follows ? Around(_found) : _top;
                return true;
            case '/':
                (_searches, _follows) = (true, false);
                return true;
            case 'n' when _sought.Length > 0:
                Find(_found < 0 ? _top.Line : _found + 1, 1);
                return true;
            case 'N' when _sought.Length > 0:
                Find(_found < 0 ? _top.Line : _found - 1, -1);
                return true;
        }

        _follows |= key == KeyPress.End;
        return key == KeyPress.End;
    }

    private void Find(long from, int direction)
    {
        _found = _sought.Length == 0 ? -1 : work.Run.Log.Find(_sought, from, direction);
        if (_found >= 0)
        {
            (_top, _follows) = (Around(_found), false);
        }
    }

    private LogPlace Around(long line) => Rows.Move(Rows.Of(line, _sought), -(_height / 2));
}
