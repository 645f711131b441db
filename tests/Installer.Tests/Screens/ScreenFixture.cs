using System.Drawing;
using ErpInstaller.Terminal;
using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Testing;
using Terminal.Gui.Time;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// A view without a terminal: the test presses keys, lets time pass, and reads the screen as lines. Every call that
/// changes something also takes a turn of the loop, so the test reads what the operator would see.
/// </summary>
internal sealed class ScreenFixture : IDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly TerminalApplication _application;
    private readonly SessionToken? _session;
    private Size _size;

    internal ScreenFixture(
        IRunnable view,
        int width = 80,
        int height = 24,
        ColorDepth colors = ColorDepth.Sixteen,
        bool unicode = true
    )
    {
        _size = new Size(width, height);
        var capabilities = new TerminalCapabilities
        {
            Colors = colors,
            Characters = unicode ? CharacterSet.Unicode : CharacterSet.Ascii,
            Addressable = true,
        };
        _application = TerminalApplication.Offscreen(capabilities, Sent, () => _size, _time);
        _session = App.Begin(view);
        Step();
    }

    /// <summary>The application, for functions that the fixture does not wrap.</summary>
    public IApplication App => _application.App;

    /// <summary>The output for the terminal.</summary>
    internal SentFrames Sent { get; } = new();

    /// <summary>The rows of the screen, without blanks at their ends.</summary>
    public IReadOnlyList<string> Lines => Sent.Lines;

    /// <summary>The screen as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Whether the view has asked to stop.</summary>
    public bool Stopped => App.TopRunnable is not { StopRequested: false };

    /// <summary>Presses keys, one turn each.</summary>
    public ScreenFixture Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            App.InjectKey(key);
            Step();
        }

        return this;
    }

    /// <summary>Types a text.</summary>
    public ScreenFixture Type(string text) => Press([.. text.Select(character => new Key(character))]);

    /// <summary>Pastes a text, in a terminal's paste sequences.</summary>
    public ScreenFixture Paste(string text)
    {
        App.RaisePasteEvent(text);
        return Step();
    }

    /// <summary>Lets time pass.</summary>
    public ScreenFixture Wait(TimeSpan time)
    {
        _time.Advance(time);
        return Step();
    }

    /// <summary>The terminal's window takes another size.</summary>
    public ScreenFixture Resize(int width, int height)
    {
        _size = new Size(width, height);
        return Step();
    }

    /// <summary>One turn of the loop, without waiting.</summary>
    public ScreenFixture Step()
    {
        if (App.Driver is { } driver && (driver.Cols, driver.Rows) != (_size.Width, _size.Height))
        {
            driver.SetScreenSize(_size.Width, _size.Height);
        }

        App.TimedEvents?.RunTimers();
        App.LayoutAndDraw();
        App.Navigation?.UpdateCursor();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        App.TimedEvents?.RunTimers();
        return this;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_session is not null)
        {
            App.End(_session);
        }

        _application.Dispose();
    }
}
