using System.Drawing;
using ErpInstaller.Engine;
using ErpInstaller.Screens.Drawing;
using ErpInstaller.Screens.Running;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>F4: the log as it grows; scrolled back it stands still, at its end it follows.</summary>
internal sealed class LogScreen(Workspace work, string step) : Screen
{
    private long _top;
    private bool _follows = true;
    private bool _searches;
    private string _sought = "";
    private long _found = -1;
    private int _height = 1;

    /// <inheritdoc/>
    public override string Title => "Log";

    /// <inheritdoc/>
    public override string Step => step;

    /// <inheritdoc/>
    public override string Help =>
        $"""
        What the installer does and what builds and containers write. The whole log is in {work.Directory.InstallLog}; here are its last {LogTail.Kept} lines, of earlier runs too when none is at work.
        At its end it follows what comes; an arrow up, Page Up or Home stops it there. f or End follows again.
        / searches, n finds the next such line, N the one before.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => _searches
        ? [new("Enter", "search"), new("Esc", "no search")]
        : [new("Esc", "back"), new("f", _follows ? "stand still" : "follow"), new("/", "search"), .. (KeyHint[])(_sought.Length > 0 ? [new("n/N", "next")] : [])];

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override bool IsAtWork => _follows;

    /// <inheritdoc/>
    public override Typing? Typing => _searches ? new Typing("log.search", 8, _height, 40, _sought, IsSecret: false, text => _sought = text) : null;

    /// <inheritdoc/>
    public override Line Message => _follows
        ? new Line($"following, {work.Run.Log.Count} lines", Tone.Quiet)
        : new Line($"line {_top + 1} of {work.Run.Log.Count}", Tone.Quiet)
            .Add(_sought.Length > 0 && !_searches ? _found < 0 ? $"  {_sought}: not found" : $"  {_sought}" : "", Tone.Warning);

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
        _height = area.Height - 1;
        var log = work.Run.Log;
        _top = Math.Clamp(_follows ? log.Count - _height : _top, log.First, Math.Max(log.First, log.Count - _height));
        var lines = new List<Line>();
        for (var number = _top; number < Math.Min(log.Count, _top + _height); number++)
        {
            lines.Add(Draw(log[number], number == _found));
        }

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
    public override bool OnKey(Key key) => _searches ? OnSearchKey(key) : OnScrollKey(key);

    private static Line Draw(LogLine line, bool isFound) =>
        new(line.Text, isFound ? Tone.Selected : line.Level switch { LogLevel.Warning => Tone.Warning, LogLevel.Info => Tone.Normal, _ => Tone.Quiet });

    private bool OnSearchKey(Key key)
    {
        if (key == Key.Enter)
        {
            (_searches, _follows) = (false, false);
            Find(_top, 1);
        }
        else if (key == Key.Esc)
        {
            _searches = false;
        }

        return true;
    }

    private bool OnScrollKey(Key key)
    {
        var log = work.Run.Log;
        long? to = key switch
        {
            _ when key == Key.CursorUp => _top - 1,
            _ when key == Key.CursorDown => _top + 1,
            _ when key == Key.PageUp => _top - _height,
            _ when key == Key.PageDown => _top + _height,
            _ when key == Key.Home => log.First,
            _ => null,
        };
        if (to is { } line)
        {
            _top = line;
            _follows = line + _height >= log.Count && key != Key.Home && key != Key.CursorUp && key != Key.PageUp;
            return true;
        }

        return OnLetter(key);
    }

    private bool OnLetter(Key key)
    {
        switch (key.AsRune.Value)
        {
            case 'f':
                _follows = !_follows;
                return true;
            case '/':
                (_searches, _follows) = (true, false);
                return true;
            case 'n' when _sought.Length > 0:
                Find(_found < 0 ? _top : _found + 1, 1);
                return true;
            case 'N' when _sought.Length > 0:
                Find(_found < 0 ? _top : _found - 1, -1);
                return true;
        }

        _follows |= key == Key.End;
        return key == Key.End;
    }

    private void Find(long from, int direction)
    {
        _found = _sought.Length == 0 ? -1 : work.Run.Log.Find(_sought, from, direction);
        if (_found >= 0)
        {
            _top = _found - (_height / 2);
        }
    }
}
