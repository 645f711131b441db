using System.Collections.Concurrent;
using System.Drawing;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;

namespace ErpInstaller.Terminal;

/// <summary>
/// What Terminal.Gui draws on. Frames go out at the end of a turn of its loop, when cells and cursor belong together; the
/// questions that it would ask the terminal are not sent.
/// </summary>
internal sealed class ScreenOutput(
    TerminalCapabilities capabilities,
    IFrameReceiver receiver,
    Func<Size> size,
    Action suspend
) : IOutput
{
    private readonly ColorReduction _colors = new(capabilities.Colors);
    private readonly ConcurrentQueue<SixelToRender> _sixels = [];
    private readonly ScreenFrame _frame = new();
    private Cursor _cursor = new();
    private bool _changed;
    private bool _drawn;
    private bool _answer;

    /// <inheritdoc/>
    public bool Force16Colors { get; set; }

    /// <summary>Without pictures, and without looking for them.</summary>
    public bool IsLegacyConsole { get; set; } = true;

    /// <inheritdoc/>
    public bool UseKittyGraphics { get; set; }

    /// <inheritdoc/>
    public ConcurrentQueue<SixelToRender> GetSixels() => _sixels;

    /// <inheritdoc/>
    public Size GetSize() => size();

    /// <summary>The terminal says its size; nobody else does.</summary>
    public void SetSize(int width, int height) { }

    /// <inheritdoc/>
    public Cursor GetCursor() => _cursor;

    /// <inheritdoc/>
    public void SetCursor(Cursor cursor) => (_cursor, _changed) = (cursor, _changed || cursor != _cursor);

    /// <summary>Questions to the terminal, titles, progress marks: none is sent.</summary>
    public void Write(ReadOnlySpan<char> text) { }

    /// <inheritdoc/>
    public void Write(IOutputBuffer buffer)
    {
        _frame.Copy(buffer, _colors, capabilities.Unicode);
        (_changed, _drawn) = (true, true);
    }

    /// <summary>A key was taken: what is drawn next is the answer to it.</summary>
    public void Answer() => _answer = true;

    /// <summary>The turn is over: what changed goes out.</summary>
    public void Present()
    {
        if (_changed && _drawn)
        {
            (_frame.Cursor, _frame.Urgent) = (_cursor, _answer);
            receiver.Show(_frame);
            _changed = false;
        }

        _answer = false;
    }

    /// <inheritdoc/>
    public void Suspend() => suspend();

    /// <inheritdoc/>
    public string GetLastOutput() => "";

    /// <inheritdoc/>
    public string ToAnsi(IOutputBuffer buffer)
    {
        var frame = new ScreenFrame();
        frame.Copy(buffer, _colors, capabilities.Unicode);
        return new FrameEncoder().Encode(frame).ToString();
    }

    /// <summary>The terminal is given back by who took it.</summary>
    public void Dispose() { }
}
