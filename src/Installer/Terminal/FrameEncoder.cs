using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// Encodes the change from one frame to the next in the fewest bytes: only changed cells, the shortest cursor
/// movements, no style that is already set. The terminal itself scrolls rows that only moved.
/// </summary>
internal sealed class FrameEncoder
{
    // So many bytes arrive in one packet, and a reader does not see the cursor move in between.
    private const int Glimpse = 160;

    // From this many changed characters, looking for scrolled rows is worth its cost.
    private const int Much = 120;

    private readonly StringBuilder _output = new();
    private readonly CursorPath _path;
    private readonly ScreenFrame _shifted = new();
    private ScreenFrame? _shown;
    private CellStyle _style = CellStyle.Default;
    private bool _cursorShown;

    public FrameEncoder() => _path = new(_output);

    /// <summary>Forgets what the terminal shows, so that the next frame is sent completely.</summary>
    public void Forget() => _shown = null;

    /// <summary>The characters to send; empty if the terminal already shows this frame.</summary>
    public ReadOnlyMemory<char> Encode(ScreenFrame frame)
    {
        _output.Clear();
        var before =
            _shown is { } shown && shown.Width == frame.Width && shown.Height == frame.Height ? shown : Erase();
        var cursor = frame.VisibleCursor;
        EncodeCells(before, frame);

        // The cursor is hidden during long output, so that it does not flicker. The sequence goes first, once the
        // length is known.
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
        // An interrupted frame may have left scroll margins.
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

    // VT100: rows between the margins scroll when the cursor would leave them. Setting margins moves the cursor to the
    // corner, and new rows have the present background.
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
            // A wide character is written as a whole, even if only its second half changed.
            if (cells[column] == was || cells[column].Text.Length == 0)
            {
                continue;
            }

            // The rest of the row is blank: erase it if that is shorter than writing the blanks.
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
