using System.Collections.Concurrent;
using System.Drawing;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;

namespace ErpInstaller.Terminal;

/// <summary>
/// The output of Terminal.Gui. It sends a frame at the end of each turn of the loop, when cells and cursor agree. It
/// does not send Terminal.Gui's queries to the terminal.
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

    /// <summary>No image protocol, and no query for one.</summary>
    public bool IsLegacyConsole { get; set; } = true;

    /// <inheritdoc/>
    public bool UseKittyGraphics { get; set; }

    /// <inheritdoc/>
    public ConcurrentQueue<SixelToRender> GetSixels() => _sixels;

    /// <inheritdoc/>
    public Size GetSize() => size();

    /// <summary>Ignored: the terminal alone determines its size.</summary>
    public void SetSize(int width, int height) { }

    /// <inheritdoc/>
    public Cursor GetCursor() => _cursor;

    /// <inheritdoc/>
    public void SetCursor(Cursor cursor) => (_cursor, _changed) = (cursor, _changed || cursor != _cursor);

    /// <summary>Ignored: queries to the terminal, titles, progress marks.</summary>
    public void Write(ReadOnlySpan<char> text) { }

    /// <inheritdoc/>
    public void Write(IOutputBuffer buffer)
    {
        _frame.Copy(buffer, _colors, capabilities.Characters);
        (_changed, _drawn) = (true, true);
    }

    /// <summary>Marks the next frame as the answer to a key.</summary>
    public void Answer() => _answer = true;

    /// <summary>Sends the changes at the end of a turn.</summary>
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
        frame.Copy(buffer, _colors, capabilities.Characters);
        return new FrameEncoder().Encode(frame).ToString();
    }

    /// <summary>Nothing to do: <see cref="TerminalSession"/> restores the terminal.</summary>
    public void Dispose() { }
}
