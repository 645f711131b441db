using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// Says in the fewest bytes how a terminal gets from the frame it shows to the next one: only cells that changed, the shortest
/// way of the cursor between them, no style that is already set, and rows that only moved are moved by the terminal.
/// </summary>
internal sealed class FrameEncoder
{
    // Bytes that arrive in one packet and are drawn before anyone sees where the cursor went meanwhile.
    private const int Glimpse = 160;

    // Characters from which on it is worth looking whether rows only moved.
    private const int Much = 120;

    private readonly StringBuilder _output = new();
    private readonly CursorPath _path;
    private readonly ScreenFrame _shifted = new();
    private ScreenFrame? _shown;
    private CellStyle _style = CellStyle.Default;
    private bool _cursorShown;

    public FrameEncoder() => _path = new(_output);

    /// <summary>What the terminal shows is not known any more: the next frame is sent whole.</summary>
    public void Forget() => _shown = null;

    /// <summary>The characters to send; empty when the terminal shows this frame already.</summary>
    public ReadOnlyMemory<char> Encode(ScreenFrame frame)
    {
        _output.Clear();
        var before =
            _shown is { } shown && shown.Width == frame.Width && shown.Height == frame.Height ? shown : Erase();
        var cursor = frame.VisibleCursor;
        EncodeCells(before, frame);

        // Hidden while much is drawn, so that it isn't seen running over the screen. Sent first, once it is known how much.
        if (_cursorShown && (_output.Length > Glimpse || cursor is null))
        {
            _output.Insert(0, "\e[?25l");
            _cursorShown = false;
        }

        if (cursor is { } at)
        {
            _path.To(at.X, at.Y, frame, ref _style);
            _output.Append(_cursorShown ? "" : "\e[?25h");
            _cursorShown = true;
        }

        _shown = frame;
        return _output.ToString().AsMemory();
    }

    private ScreenFrame? Erase()
    {
        // A frame that the line broke off may have left rows that scroll by themselves.
        _output.Append("\e[?25l\e[m\e[r\e[H\e[2J");
        (_style, _shown, _cursorShown) = (CellStyle.Default, null, false);
        _path.At(0, 0);
        return null;
    }

    private void EncodeCells(ScreenFrame? before, ScreenFrame frame)
    {
        var (style, place) = (_style, _path.Place);
        EncodeRows(before, frame);
        if (before is null || _output.Length < Much || RowShift.Find(before, frame) is not { } shift)
        {
            return;
        }

        var (plain, plainStyle, plainPlace) = (_output.ToString(), _style, _path.Place);
        _output.Clear();
        (_style, _path.Place) = (style, place);
        Move(shift);
        _shifted.Copy(before);
        _shifted.Shift(shift);
        EncodeRows(_shifted, frame);
        if (_output.Length >= plain.Length)
        {
            _output.Clear().Append(plain);
            (_style, _path.Place) = (plainStyle, plainPlace);
        }
    }

    // VT100: rows between margins move when the cursor would leave them. Setting margins puts the cursor into the corner, and what
    // comes in has the background that is set.
    private void Move(RowShift shift)
    {
        _style = StyleCode.Append(_output, _style, CellStyle.Default);
        _output.Append(
            CultureInfo.InvariantCulture,
            $"\e[{shift.Top + 1};{shift.Bottom}r\e[{(shift.By > 0 ? shift.Bottom : shift.Top + 1)}H"
        );
        for (var moved = 0; moved < Math.Abs(shift.By); moved++)
        {
            _output.Append(shift.By > 0 ? "\n" : "\eM");
        }

        _output.Append("\e[r");
        _path.At(0, 0);
    }

    private void EncodeRows(ScreenFrame? before, ScreenFrame frame)
    {
        for (var row = 0; row < frame.Height; row++)
        {
            EncodeRow(before, frame, row);
        }
    }

    private void EncodeRow(ScreenFrame? before, ScreenFrame frame, int row)
    {
        var cells = frame.Row(row);
        var old = before is null ? default : before.Row(row);
        var end = cells.Length;
        while (end > 0 && cells[end - 1] is { Text: " ", Style.IsErased: true })
        {
            end--;
        }

        for (var column = 0; column < cells.Length; column++)
        {
            var was = before is null ? FrameCell.Blank : old[column];
            // The second half of a wide character is written with its first: if only that half changed, from its first.
            if (cells[column] == was || cells[column].Text.Length == 0)
            {
                continue;
            }

            // From here all is blank: erased at once where that is shorter than the blanks that are not so yet.
            if (column >= end && before is not null && Changed(cells, old, column) > 3)
            {
                _path.To(column, row, frame, ref _style);
                _style = StyleCode.Append(_output, _style, cells[column].Style);
                _output.Append("\e[K");
                return;
            }

            _path.To(column, row, frame, ref _style);
            _style = StyleCode.Append(_output, _style, cells[column].Style);
            _output.Append(cells[column].Text);
            var width = column + 1 < cells.Length && cells[column + 1].Text.Length == 0 ? 2 : 1;
            _path.Wrote(cells[column].Text, width, frame.Width);
        }
    }

    private static int Changed(ReadOnlySpan<FrameCell> cells, ReadOnlySpan<FrameCell> old, int from)
    {
        var count = 0;
        for (var column = from; column < cells.Length; column++)
        {
            count += cells[column] == old[column] ? 0 : 1;
        }

        return count;
    }
}
