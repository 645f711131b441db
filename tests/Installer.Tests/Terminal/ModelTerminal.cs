using System.Globalization;
using ErpInstaller.Terminal;
using Terminal.Gui.Drawing;
using Terminal.Gui.Text;

namespace ErpInstaller.Tests.Terminal;

/// <summary>
/// A terminal that understands only the encoder's sequences; an unknown one fails the test. After the last column the
/// cursor position is undefined, because terminals differ there.
/// </summary>
internal sealed class ModelTerminal
{
    private FrameCell[,] _cells;
    private (int Column, int Row) _at;
    private (int Top, int Bottom) _margins;
    private CellStyle _style = CellStyle.Default;

    public ModelTerminal(int width, int height)
    {
        _cells = new FrameCell[height, width];
        _margins = (0, height - 1);
        Erase(0, 0, height * width);
    }

    public bool CursorShown { get; private set; } = true;

    public (int Column, int Row) Cursor => _at;

    private int Width => _cells.GetLength(1);

    private int Height => _cells.GetLength(0);

    /// <summary>A resized window: its content is undefined.</summary>
    public void Resize(int width, int height)
    {
        _cells = new FrameCell[height, width];
        _margins = (0, height - 1);
        for (var cell = 0; cell < height * width; cell++)
        {
            _cells[cell / width, cell % width] = new("?", CellStyle.Default);
        }
    }

    public FrameCell this[int column, int row] => _cells[row, column];

    public void Take(string output)
    {
        for (var at = 0; at < output.Length; )
        {
            at +=
                output[at] != '\e' ? Character(output[at..])
                : output[at + 1] == 'M' ? ReverseIndex()
                : Sequence(output[at..]);
        }
    }

    private int Character(string rest)
    {
        switch (rest[0])
        {
            case '\r':
                _at.Column = 0;
                return 1;
            case '\n':
                LineFeed();
                return 1;
            case '\b':
                _at.Column--;
                return 1;
        }

        var text = StringInfo.GetNextTextElement(rest);
        var columns = text.GetColumns();
        Assert.True(_at.Column + columns <= Width, "written where the cursor is nowhere");

        // A terminal erases the other half of a wide character that is overwritten.
        if (_cells[_at.Row, _at.Column].Text.Length == 0)
        {
            _cells[_at.Row, _at.Column - 1] = FrameCell.Blank;
        }

        var behind = _at.Column + columns;
        if (behind < Width && _cells[_at.Row, behind].Text.Length == 0)
        {
            _cells[_at.Row, behind] = FrameCell.Blank;
        }

        _cells[_at.Row, _at.Column] = new(text, text == " " ? _style.OfBlank : _style);
        for (var column = 1; column < columns; column++)
        {
            _cells[_at.Row, _at.Column + column] = new("", _style);
        }

        _at.Column = behind;
        return text.Length;
    }

    private void LineFeed()
    {
        if (_at.Row == _margins.Bottom)
        {
            Scroll(_margins.Top, _margins.Bottom, 1);
        }
        else
        {
            _at.Row++;
        }
    }

    private int ReverseIndex()
    {
        if (_at.Row == _margins.Top)
        {
            Scroll(_margins.Bottom, _margins.Top, -1);
        }
        else
        {
            _at.Row--;
        }

        return 2;
    }

    private void Scroll(int from, int to, int step)
    {
        for (var row = from; row != to; row += step)
        {
            for (var column = 0; column < Width; column++)
            {
                _cells[row, column] = _cells[row + step, column];
            }
        }

        Erase(0, to, Width);
    }

    private int Sequence(string rest)
    {
        Assert.Equal('[', rest[1]);
        var end = 2;
        while (rest[end] is not (>= '@' and <= '~'))
        {
            end++;
        }

        var text = rest[2..end];
        int[] numbers = text.StartsWith('?')
            ? []
            : [.. text.Split(';').Select(n => n.Length == 0 ? 0 : int.Parse(n, CultureInfo.InvariantCulture))];
        switch (rest[end])
        {
            case 'm':
                Style(new Queue<int>(numbers));
                break;
            case 'H':
                _at = (Math.Max(numbers.ElementAtOrDefault(1), 1) - 1, Math.Max(numbers[0], 1) - 1);
                break;
            case 'C':
                Assert.True(_at.Column < Width, "moved where the cursor is nowhere");
                _at.Column += Math.Max(numbers[0], 1);
                break;
            case 'D':
                Assert.True(_at.Column < Width, "moved where the cursor is nowhere");
                _at.Column -= Math.Max(numbers[0], 1);
                break;
            case 'K':
                Erase(_at.Column, _at.Row, Width - _at.Column);
                break;
            case 'r':
                _margins = numbers is [var top, var bottom] ? (top - 1, bottom - 1) : (0, Height - 1);
                _at = (0, 0);
                break;
            case 'J':
                Erase(0, 0, _cells.Length);
                break;
            case 'h' or 'l':
                Assert.Equal("?25", text);
                CursorShown = rest[end] == 'h';
                break;
            default:
                Assert.Fail($"unknown sequence {rest[1..(end + 1)]}");
                break;
        }

        return end + 1;
    }

    // Not every terminal erases with the present colour; only the default colour is certain.
    private void Erase(int column, int row, int count)
    {
        Assert.True(_style.IsErased || _style.Background == ColorReduction.Own, "erased with a colour");
        for (var cell = (row * Width) + column; count > 0; count--, cell++)
        {
            _cells[cell / Width, cell % Width] = FrameCell.Blank;
        }
    }

    private void Style(Queue<int> numbers)
    {
        while (numbers.TryDequeue(out var n))
        {
            _style = n switch
            {
                0 => CellStyle.Default,
                1 => On(TextStyle.Bold),
                2 => On(TextStyle.Faint),
                3 => On(TextStyle.Italic),
                4 => On(TextStyle.Underline),
                5 => On(TextStyle.Blink),
                7 => On(TextStyle.Reverse),
                9 => On(TextStyle.Strikethrough),
                22 => Off(TextStyle.Bold | TextStyle.Faint),
                23 => Off(TextStyle.Italic),
                24 => Off(TextStyle.Underline),
                25 => Off(TextStyle.Blink),
                27 => Off(TextStyle.Reverse),
                29 => Off(TextStyle.Strikethrough),
                39 => _style with { Foreground = ColorReduction.Own },
                49 => _style with { Background = ColorReduction.Own },
                38 => _style with { Foreground = Extended(numbers) },
                48 => _style with { Background = Extended(numbers) },
                >= 30 and <= 37 => _style with { Foreground = n - 30 },
                >= 40 and <= 47 => _style with { Background = n - 40 },
                >= 90 and <= 97 => _style with { Foreground = n - 90 + 8 },
                >= 100 and <= 107 => _style with { Background = n - 100 + 8 },
                _ => throw new InvalidOperationException($"unknown style {n}"),
            };
        }

        CellStyle On(TextStyle style) => _style with { Style = _style.Style | style };
        CellStyle Off(TextStyle style) => _style with { Style = _style.Style & ~style };
    }

    private static int Extended(Queue<int> numbers) =>
        numbers.Dequeue() == 5
            ? 0x100 | numbers.Dequeue()
            : 0x1000000 | (numbers.Dequeue() << 16) | (numbers.Dequeue() << 8) | numbers.Dequeue();
}
