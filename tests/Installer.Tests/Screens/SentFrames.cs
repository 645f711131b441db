using ErpInstaller.Terminal;

namespace ErpInstaller.Tests.Screens;

/// <summary>Receives frames as a terminal does and counts the characters sent.</summary>
internal sealed class SentFrames : IFrameReceiver
{
    private readonly FrameEncoder _encoder = new();
    private readonly ScreenFrame[] _frames = [new(), new()];
    private ScreenFrame? _newest;

    /// <summary>The number of characters sent for each frame that differs from the one before.</summary>
    public List<string> Output { get; } = [];

    /// <summary>The screen, without blanks at the ends of rows.</summary>
    public IReadOnlyList<string> Lines =>
        _newest is not { } frame
            ? []
            :
            [
                .. Enumerable
                    .Range(0, frame.Height)
                    .Select(row => string.Concat(frame.Row(row).ToArray().Select(cell => cell.Text)).TrimEnd()),
            ];

    /// <summary>The cell of a column and row, from 0.</summary>
    public FrameCell At(int column, int row) => _newest![column, row];

    /// <inheritdoc/>
    public void Show(ScreenFrame frame)
    {
        var next = _newest == _frames[0] ? _frames[1] : _frames[0];
        next.Copy(frame);
        _newest = next;
        Send();
    }

    /// <inheritdoc/>
    public void Redraw()
    {
        _encoder.Forget();
        if (_newest is not null)
        {
            Send();
        }
    }

    private void Send()
    {
        var text = _encoder.Encode(_newest!).ToString();
        if (text.Length > 0)
        {
            Output.Add(text);
        }
    }
}
