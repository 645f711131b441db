using System.Globalization;
using System.Text;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;
using Line = ErpInstaller.Terminal.Line;

namespace ErpInstaller.Terminal;

/// <summary>
/// Writes lines into Terminal.Gui's cells. Its own method handles each cell as any Unicode character, which took half
/// of the time to the first picture.
/// </summary>
internal static class CellWriter
{
    private static readonly string[] _ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    /// <summary>Writes all cells; those after the end of a line are blank.</summary>
    public static void Write(IReadOnlyList<Line> lines, Cell[,] cells)
    {
        for (var row = 0; row < cells.GetLength(0); row++)
        {
            var column = row < lines.Count ? Write(lines[row], cells, row) : 0;
            Fill(cells, row, column);
        }
    }

    private static int Write(Line line, Cell[,] cells, int row)
    {
        var column = 0;
        foreach (var span in line.Spans)
        {
            column = Write(span.Text, Palette.Of(span.Tone), cells, row, column);
        }

        return column;
    }

    private static int Write(string text, Attribute look, Cell[,] cells, int row, int column)
    {
        if (Ascii.IsValid(text))
        {
            foreach (var letter in text)
            {
                column = Put(_ascii[letter], 1, look, cells, row, column);
            }

            return column;
        }

        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            column = Put(character, Columns.Of(character), look, cells, row, column);
        }

        return column;
    }

    private static int Put(string character, int width, Attribute look, Cell[,] cells, int row, int column)
    {
        if (column + width > cells.GetLength(1))
        {
            return column;
        }

        for (var part = 0; part < width; part++)
        {
            cells[row, column + part] = new Cell(look, IsDirty: true, part == 0 ? character : "");
        }

        return column + width;
    }

    private static void Fill(Cell[,] cells, int row, int column)
    {
        var blank = new Cell(Palette.Of(Tone.Normal), IsDirty: true, " ");
        for (; column < cells.GetLength(1); column++)
        {
            cells[row, column] = blank;
        }
    }
}
