using System.Drawing;
using ErpInstaller.Terminal;
using Terminal.Gui.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.Text;
using Attribute = Terminal.Gui.Drawing.Attribute;
using Color = Terminal.Gui.Drawing.Color;

namespace ErpInstaller.Tests.Terminal;

public class FrameEncoderTests
{
    private static readonly string[] _characters =
    [
        " ",
        " ",
        " ",
        "a",
        "b",
        "é",
        "─",
        "漢",
        "e\u0323\u0302",
        "🚀",
        "x",
    ];
    private static readonly CellStyle[] _styles =
    [
        CellStyle.Default,
        CellStyle.Default,
        CellStyle.Default with
        {
            Style = TextStyle.Reverse,
        },
        CellStyle.Default with
        {
            Style = TextStyle.Bold,
            Foreground = 14,
        },
        CellStyle.Default with
        {
            Style = TextStyle.Faint | TextStyle.Underline,
        },
        new(0x100 | 208, 4, TextStyle.None),
        new(0x1000000 | 0x112233, 0x1000000 | 0x445566, TextStyle.Italic),
    ];

    [Fact]
    public void One_changed_cell_costs_a_cursor_movement_and_the_cell()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(Frame("one", "two", "three"));

        Assert.Equal("\e[2;3HO", encoder.Encode(Frame("one", "twO", "three")).ToString());
    }

    [Fact]
    public void The_same_frame_again_costs_nothing()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(Frame("one", "two"));

        Assert.Equal(0, encoder.Encode(Frame("one", "two")).Length);
    }

    [Fact]
    public void A_few_cells_between_two_changes_are_rewritten_instead_of_skipped()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(Frame("abcdef"));

        Assert.Equal("\rXbcY", encoder.Encode(Frame("XbcYef")).ToString());
    }

    [Fact]
    public void A_long_line_that_becomes_short_is_erased_at_once()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(Frame("a very long line"));

        Assert.Equal("\e[14D\e[K", encoder.Encode(Frame("a               ")).ToString());
    }

    [Fact]
    public void A_combining_mark_is_sent_with_its_letter()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(Frame("e", "x"));

        Assert.Equal("\e[He\u0323\u0302", encoder.Encode(Frame("e\u0323\u0302", "x")).ToString());
    }

    [Fact]
    public void Half_of_a_wide_character_is_never_left_over()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(Frame("漢z"));

        Assert.Equal("\ra ", encoder.Encode(Frame("a z")).ToString());
    }

    [Fact]
    public void A_cursor_that_moves_costs_a_few_bytes()
    {
        var encoder = new FrameEncoder();
        encoder.Encode(With(Frame("name"), 0, 0));

        // Rewriting a cell takes one byte; a cursor movement takes three.
        Assert.Equal("n", encoder.Encode(With(Frame("name"), 1, 0)).ToString());
        Assert.Equal("\e[?25l", encoder.Encode(Frame("name")).ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_terminal_shows_any_drawn_frame(int seed)
    {
        var random = new Random(seed);
        var encoder = new FrameEncoder();
        var terminal = new ModelTerminal(20, 6);
        var size = new Size(20, 6);
        var (frame, spare) = (Random(random, size), new ScreenFrame());
        for (var round = 0; round < 500; round++)
        {
            terminal.Take(encoder.Encode(frame).ToString());
            Shows(terminal, frame);

            (frame, spare) = (spare, frame);
            frame.Copy(spare);
            Change(random, frame);
            if (round % 50 == 49)
            {
                size = new Size(random.Next(10, 30), random.Next(3, 10));
                terminal.Resize(size.Width, size.Height);
                frame = Random(random, size);
            }
        }
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(-1, 200)]
    [InlineData(4, 400)]
    [InlineData(-4, 400)]
    public void Rows_that_only_moved_are_not_sent_again(int by, int most)
    {
        var encoder = new FrameEncoder();
        var terminal = new ModelTerminal(80, 24);
        var first = Math.Max(0, -by);
        terminal.Take(encoder.Encode(Page(first)).ToString());

        var sent = encoder.Encode(Page(first + by)).ToString();
        terminal.Take(sent);

        Shows(terminal, Page(first + by));
        Assert.InRange(sent.Length, 1, most);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void The_terminal_shows_any_moved_rows(int seed)
    {
        var random = new Random(seed);
        var encoder = new FrameEncoder();
        var terminal = new ModelTerminal(40, 12);
        var frame = Random(random, new Size(40, 12));
        for (var round = 0; round < 300; round++)
        {
            terminal.Take(encoder.Encode(frame).ToString());
            Shows(terminal, frame);

            var next = new ScreenFrame();
            next.Copy(frame);
            var top = random.Next(9);
            var bottom = random.Next(top + 3, 13);
            next.Shift(new RowShift(top, bottom, (random.Next(2) == 0 ? 1 : -1) * random.Next(1, bottom - top)));
            Change(random, next);
            frame = next;
        }
    }

    [Fact]
    public void Colours_become_the_nearest_available_ones()
    {
        var orange = new Attribute(new Color(255, 135, 0), new Color(ColorName16.Blue), TextStyle.Bold);

        Assert.Equal(
            new CellStyle(0x1000000 | 0xff8700, 4, TextStyle.Bold),
            new ColorReduction(ColorDepth.TrueColor).Reduce(orange)
        );
        Assert.Equal(
            new CellStyle(0x100 | 208, 4, TextStyle.Bold),
            new ColorReduction(ColorDepth.TwoHundredFiftySix).Reduce(orange)
        );
        Assert.InRange(new ColorReduction(ColorDepth.Sixteen).Reduce(orange).Foreground, 0, 15);
        Assert.Equal(
            new CellStyle(ColorReduction.Own, ColorReduction.Own, TextStyle.Bold),
            new ColorReduction(ColorDepth.Monochrome).Reduce(orange)
        );
    }

    [Fact]
    public void Without_colours_a_bright_background_is_reverse()
    {
        var chosen = new Attribute(ColorName16.Black, ColorName16.Cyan);

        Assert.Equal(
            CellStyle.Default with
            {
                Style = TextStyle.Reverse,
            },
            new ColorReduction(ColorDepth.Monochrome).Reduce(chosen)
        );
    }

    [Theory]
    [InlineData("xterm-256color", "", "", ColorDepth.TwoHundredFiftySix)]
    [InlineData("xterm", "truecolor", "", ColorDepth.TrueColor)]
    [InlineData("xterm", "truecolor", "1", ColorDepth.Monochrome)]
    [InlineData("linux", "", "", ColorDepth.Sixteen)]
    [InlineData("vt220", "", "", ColorDepth.Monochrome)]
    [InlineData("dumb", "", "", ColorDepth.Monochrome)]
    internal void The_environment_says_how_many_colours_there_are(
        string term,
        string colorTerm,
        string noColor,
        ColorDepth expected
    )
    {
        var environment = new Dictionary<string, string?>
        {
            ["TERM"] = term,
            ["COLORTERM"] = colorTerm,
            ["NO_COLOR"] = noColor,
        };

        Assert.Equal(expected, TerminalCapabilities.From(environment.GetValueOrDefault).Colors);
    }

    [Theory]
    [InlineData("", "", "en_US.UTF-8", "Unicode")]
    [InlineData("", "de_DE.utf8", "C", "Unicode")]
    [InlineData("C", "de_DE.utf8", "en_US.UTF-8", "Ascii")]
    [InlineData("", "", "", "Ascii")]
    public void The_locale_decides_whether_more_than_ASCII_is_sent(
        string all,
        string characters,
        string language,
        string expected
    )
    {
        var environment = new Dictionary<string, string?>
        {
            ["LC_ALL"] = all,
            ["LC_CTYPE"] = characters,
            ["LANG"] = language,
        };

        Assert.Equal(expected, TerminalCapabilities.From(environment.GetValueOrDefault).Characters.ToString());
    }

    // Heading and footer stay, and all lines between them change when the page scrolls.
    private static ScreenFrame Page(int first)
    {
        var frame = new ScreenFrame();
        frame.Resize(80, 24);
        for (var row = 0; row < 24; row++)
        {
            var text = row is 0 or 23 ? "stays" : string.Concat(Enumerable.Repeat($"line {first + row} ", 8));
            for (var column = 0; column < 80; column++)
            {
                frame[column, row] =
                    column < text.Length && text[column] != ' '
                        ? new(text[column].ToString(), CellStyle.Default)
                        : FrameCell.Blank;
            }
        }

        return frame;
    }

    private static ScreenFrame With(ScreenFrame frame, int column, int row)
    {
        frame.Cursor = new Cursor { Position = new Point(column, row), Style = CursorStyle.BlinkingBar };
        return frame;
    }

    private static ScreenFrame Frame(params string[] rows)
    {
        var frame = new ScreenFrame();
        frame.Resize(20, rows.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            var column = 0;
            foreach (var text in GraphemeHelper.GetGraphemes(rows[row]))
            {
                column = Put(frame, column, row, text, CellStyle.Default);
            }

            for (; column < 20; column++)
            {
                frame[column, row] = FrameCell.Blank;
            }
        }

        return frame;
    }

    private static ScreenFrame Random(Random random, Size size)
    {
        var frame = new ScreenFrame();
        frame.Resize(size.Width, size.Height);
        for (var row = 0; row < size.Height; row++)
        {
            Fill(random, frame, row, 0);
        }

        return frame;
    }

    private static void Change(Random random, ScreenFrame frame)
    {
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var row = random.Next(frame.Height);
            Fill(random, frame, row, frame[0, row].Text.Length == 0 ? 0 : Whole(frame, random.Next(frame.Width), row));
        }

        var cursor =
            random.Next(3) == 0
                ? new Cursor()
                : new Cursor
                {
                    Position = new Point(random.Next(frame.Width), random.Next(frame.Height)),
                    Style = CursorStyle.SteadyBar,
                };
        frame.Cursor = cursor;
    }

    // Not from the second half of a wide character, which views cannot draw either.
    private static int Whole(ScreenFrame frame, int column, int row) =>
        frame[column, row].Text.Length == 0 ? column - 1 : column;

    private static void Fill(Random random, ScreenFrame frame, int row, int column)
    {
        var stop = random.Next(3) == 0 ? frame.Width : Math.Min(frame.Width, column + random.Next(1, 6));
        while (column < frame.Width && (column < stop || frame[column, row].Text is "" or null))
        {
            var text = random.Next(4) == 0 ? " " : _characters[random.Next(_characters.Length)];
            column = Put(
                frame,
                column,
                row,
                column + text.GetColumns() <= frame.Width ? text : " ",
                _styles[random.Next(_styles.Length)]
            );
        }
    }

    private static int Put(ScreenFrame frame, int column, int row, string text, CellStyle style)
    {
        frame[column, row] = new(text, text == " " ? style.OfBlank : style);
        if (text.GetColumns() == 2)
        {
            frame[++column, row] = new("", style);
        }

        return column + 1;
    }

    private static void Shows(ModelTerminal terminal, ScreenFrame frame)
    {
        for (var row = 0; row < frame.Height; row++)
        {
            for (var column = 0; column < frame.Width; column++)
            {
                Assert.Equal(frame[column, row], terminal[column, row]);
            }
        }

        Assert.Equal(frame.VisibleCursor is not null, terminal.CursorShown);
        if (frame.VisibleCursor is { } at)
        {
            Assert.Equal((at.X, at.Y), terminal.Cursor);
        }
    }
}
