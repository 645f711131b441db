using System.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Text;

namespace ErpInstaller.Terminal;

/// <summary>Everything that the terminal should show at one moment. Later frames reuse its arrays.</summary>
internal sealed class ScreenFrame
{
    private FrameCell[] _cells = [];

    /// <summary>Columns.</summary>
    public int Width { get; private set; }

    /// <summary>Rows.</summary>
    public int Height { get; private set; }

    /// <summary>The cursor's position and shape.</summary>
    public Cursor Cursor { get; set; } = new();

    /// <summary>Whether it answers a key: then it is sent without a budget.</summary>
    public bool Urgent { get; set; }

    /// <summary>The cell of a column and row, from 0.</summary>
    public ref FrameCell this[int column, int row] => ref _cells[(row * Width) + column];

    /// <summary>Cells of a row.</summary>
    public ReadOnlySpan<FrameCell> Row(int row) => _cells.AsSpan(row * Width, Width);

    /// <summary>Sets the size. The content of the cells is undefined afterwards.</summary>
    public void Resize(int width, int height)
    {
        (Width, Height) = (width, height);
        if (_cells.Length < width * height)
        {
            _cells = new FrameCell[width * height];
        }
    }

    /// <summary>Copies all cells that views drew.</summary>
    public void Copy(IOutputBuffer buffer, ColorReduction colors, CharacterSet characters)
    {
        var contents = buffer.Contents;
        if (contents is null)
        {
            return;
        }

        Resize(contents.GetLength(1), contents.GetLength(0));
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                var cell = contents[row, column];
                var style = cell.Attribute is { } attribute ? colors.Reduce(attribute) : CellStyle.Default;
                var columns = Put(column, row, cell.Grapheme, style, characters);
                for (; columns > 1 && column + 1 < Width; columns--)
                {
                    this[++column, row] = new("", style);
                }
            }
        }
    }

    /// <summary>Copies another frame.</summary>
    public void Copy(ScreenFrame other)
    {
        Resize(other.Width, other.Height);
        other._cells.AsSpan(0, Width * Height).CopyTo(_cells);
        (Cursor, Urgent) = (other.Cursor, other.Urgent);
    }

    /// <summary>Scrolls rows like a terminal: new rows are blank.</summary>
    public void Shift(RowShift shift)
    {
        var rows = _cells.AsSpan(shift.Top * Width, (shift.Bottom - shift.Top) * Width);
        var cells = Math.Abs(shift.By) * Width;
        if (shift.By > 0)
        {
            rows[cells..].CopyTo(rows);
            rows[^cells..].Fill(FrameCell.Blank);
        }
        else
        {
            rows[..^cells].CopyTo(rows[cells..]);
            rows[..cells].Fill(FrameCell.Blank);
        }
    }

    /// <summary>The visible cursor position, or null, because views may place it outside.</summary>
    public Point? VisibleCursor =>
        Cursor is { IsVisible: true, Position: { } at } && at.X >= 0 && at.Y >= 0 && at.X < Width && at.Y < Height
            ? at
            : null;

    private int Put(int column, int row, string? text, CellStyle style, CharacterSet characters)
    {
        if (text is not { Length: > 0 } || text is " " || char.IsControl(text[0]))
        {
            this[column, row] = new(" ", style.OfBlank);
            return 1;
        }

        var character = ShownCharacter.Of(text, characters);
        var columns = character.Length == 1 && character[0] < 0x300 ? 1 : character.GetColumns();
        // A wide character that does not fit in the row is not shown, nor a mark without a letter.
        if (columns < 1 || column + columns > Width)
        {
            this[column, row] = new(" ", style.OfBlank);
            return 1;
        }

        this[column, row] = new(character, style);
        return columns;
    }
}
