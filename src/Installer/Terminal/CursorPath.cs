using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>Tracks the terminal's cursor and finds the shortest sequence to move it.</summary>
internal sealed class CursorPath(StringBuilder output)
{
    private const int Rewritten = 3;
    private int _column;
    private int _row;

    // After the last column, terminals differ in where the cursor is, so only an absolute position is safe.
    private bool _known;

    /// <summary>The position, to restore it if the appended output is discarded.</summary>
    public (int Column, int Row, bool Known) Place
    {
        get => (_column, _row, _known);
        set => (_column, _row, _known) = value;
    }

    /// <summary>Sets the known position.</summary>
    public void At(int column, int row) => Place = (column, row, true);

    /// <summary>Records that a character of this width was written.</summary>
    public void Wrote(string text, int width, int columns)
    {
        _column += width;

        // A terminal does not know the width of an emoji that is newer than itself.
        _known &= _column < columns && text.Length == 1;
    }

    /// <summary>
    /// Appends the sequence that moves it there. A few cells that are already right are rewritten if that is shorter.
    /// </summary>
    public void To(int column, int row, ScreenFrame frame, ref CellStyle style)
    {
        if (_known && _row == row && _column == column)
        {
            return;
        }

        if (!_known || !Rewrite(column, row, frame, style))
        {
            output.Append(_known ? Shortest(column, row) : Absolute(column, row));
        }

        At(column, row);
    }

    private bool Rewrite(int column, int row, ScreenFrame frame, CellStyle style)
    {
        if (row != _row || column < _column || column - _column > Rewritten)
        {
            return false;
        }

        for (var c = _column; c < column; c++)
        {
            var cell = frame[c, row];
            if (
                cell.Text.Length != 1
                || cell.Text[0] >= 0x7f
                || !(cell.Style == style || (cell.Text == " " && cell.Style == style.OfBlank))
            )
            {
                return false;
            }
        }

        for (var c = _column; c < column; c++)
        {
            output.Append(frame[c, row].Text);
        }

        return true;
    }

    private string Shortest(int column, int row)
    {
        var best = Absolute(column, row);
        if (row == _row)
        {
            Better(Along(column - _column));
            Better("\r" + Along(column));
        }
        else if (row > _row && row - _row <= 3)
        {
            // A line feed keeps the column, because output processing is off.
            var down = new string('\n', row - _row);
            Better(down + Along(column - _column));
            Better("\r" + down + Along(column));
        }

        return best;

        void Better(string way) => best = way.Length < best.Length ? way : best;
    }

    private static string Along(int columns) =>
        columns switch
        {
            0 => "",
            1 => "\e[C",
            > 0 => $"\e[{Number(columns)}C",
            >= -3 => new string('\b', -columns),
            _ => $"\e[{Number(-columns)}D",
        };

    private static string Absolute(int column, int row) =>
        (column, row) switch
        {
            (0, 0) => "\e[H",
            (0, _) => $"\e[{Number(row + 1)}H",
            _ => $"\e[{Number(row + 1)};{Number(column + 1)}H",
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
