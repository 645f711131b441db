namespace ErpInstaller.Terminal;

/// <summary>One line of a screen: pieces of text with a tone. Widths are in columns.</summary>
internal sealed class Line
{
    private readonly List<Span> _spans = [];

    /// <summary>Creates a line from a text.</summary>
    public Line(string text = "", Tone tone = Tone.Normal) => Add(text, tone);

    /// <summary>An empty line.</summary>
    public static Line Empty => new();

    public IReadOnlyList<Span> Spans => _spans;

    /// <summary>Width in columns.</summary>
    public int Width { get; private set; }

    /// <summary>The text without tones.</summary>
    public override string ToString() => string.Concat(_spans.Select(s => s.Text));

    /// <summary>Appends a text.</summary>
    public Line Add(string text, Tone tone = Tone.Normal)
    {
        if (text.Length > 0)
        {
            _spans.Add(new Span(text, tone));
            Width += Columns.Of(text);
        }

        return this;
    }

    /// <summary>Appends another line's pieces.</summary>
    public Line Add(Line other)
    {
        foreach (var span in other._spans)
        {
            Add(span.Text, span.Tone);
        }

        return this;
    }

    /// <summary>Appends blanks up to a column, but at least one.</summary>
    public Line To(int column, Tone tone = Tone.Normal) => Add(new string(' ', Math.Max(1, column - Width)), tone);

    /// <summary>Appends blanks up to a column.</summary>
    public Line Pad(int column, Tone tone = Tone.Normal) => Add(new string(' ', Math.Max(0, column - Width)), tone);

    /// <summary>The line in one tone, filled with blanks: the selected line.</summary>
    public Line All(Tone tone, int width)
    {
        var line = new Line(ToString(), tone);
        return line.Width < width ? line.To(width, tone) : line;
    }

    /// <summary>Cut to a width, with <paramref name="more"/> at the end if it was cut.</summary>
    public Line Clip(int width, string more)
    {
        if (Width <= width)
        {
            return this;
        }

        var line = new Line();
        var room = Math.Max(0, width - more.Length);
        foreach (var span in _spans)
        {
            var text = Columns.Take(span.Text, room - line.Width);
            line.Add(text, span.Tone);
            if (text.Length < span.Text.Length)
            {
                return width > 0 ? line.Add(more, span.Tone) : line;
            }
        }

        return line;
    }
}
