using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Running;

/// <summary>The log as rows of the terminal. Only the visible lines are wrapped.</summary>
/// <param name="log">The lines.</param>
/// <param name="width">Columns of a row.</param>
/// <param name="wraps">Whether a long line continues in the next row. Otherwise it is cut.</param>
internal sealed class LogRows(LogTail log, int width, bool wraps)
{
    /// <summary>Its first row.</summary>
    public LogPlace First => new(log.First, 0);

    /// <summary>The first row of the last page of the log.</summary>
    public LogPlace Last(int height) => Move(new LogPlace(log.Count, 0), -height);

    /// <summary>
    /// The row a number of rows later, or earlier if the number is negative; at most the one after the last.
    /// </summary>
    public LogPlace Move(LogPlace from, int rows)
    {
        var (line, row) = (from.Line, from.Row + rows);
        while (row < 0 && line > log.First)
        {
            row += RowsOf(--line);
        }

        while (line < log.Count && row > 0 && RowsOf(line) is var there && row >= there)
        {
            (line, row) = (line + 1, row - there);
        }

        return line >= log.Count ? new LogPlace(log.Count, 0) : new LogPlace(line, Math.Max(0, row));
    }

    /// <summary>The same row, or the nearest one after old lines were dropped or the width changed.</summary>
    public LogPlace Nearest(LogPlace place) =>
        place.Line < log.First ? First
        : place.Line >= log.Count ? new LogPlace(log.Count, 0)
        : place with { Row = Math.Clamp(place.Row, 0, RowsOf(place.Line) - 1) };

    /// <summary>The row of a line in which a text begins.</summary>
    public LogPlace Of(long line, string text)
    {
        var before = log[line].Text.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        var row = 0;
        foreach (var piece in Pieces(line))
        {
            before -= piece.Length;
            if (before < 0)
            {
                break;
            }

            row++;
        }

        return Nearest(new LogPlace(line, row));
    }

    /// <summary>Whether a text in a line is right of the terminal's edge.</summary>
    public bool Hides(long line, string text)
    {
        var end = line < log.First ? 0 : log[line].Text.IndexOf(text, StringComparison.OrdinalIgnoreCase) + text.Length;
        return !wraps && end >= text.Length && Columns.Of(log[line].Text[..end]) > width;
    }

    /// <summary>The rows from a place on: the line's number and the part of its text.</summary>
    public IEnumerable<(long Line, string Text)> From(LogPlace place)
    {
        var hidden = place.Row;
        for (var line = place.Line; line < log.Count; line++)
        {
            foreach (var piece in Pieces(line).Skip(hidden))
            {
                yield return (line, piece);
            }

            hidden = 0;
        }
    }

    private int RowsOf(long line) => Pieces(line).Count();

    // Breaks at the edge, not at blanks, so that tables in the output of a build keep their columns.
    private IEnumerable<string> Pieces(long line)
    {
        var text = log[line].Text;
        if (!wraps || text.Length == 0)
        {
            yield return text;
            yield break;
        }

        for (var at = 0; at < text.Length; )
        {
            var length = Math.Min(width, text.Length - at);
            length -= at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]) ? 1 : 0;
            var piece = Columns.Take(text.Substring(at, length), width);
            piece = piece.Length > 0 ? piece : text.Substring(at, length);
            yield return piece;
            at += piece.Length;
        }
    }
}
