using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace ErpInstaller.Terminal;

/// <summary>
/// Reduces colours to those of the terminal. A colour code is <see cref="Own"/>, <see cref="Any"/>, 0 to 15 of the
/// sixteen, 0x100 + n of xterm's 256, or 0x1000000 + RGB.
/// </summary>
internal sealed class ColorReduction(ColorDepth depth)
{
    /// <summary>The terminal's default foreground or background.</summary>
    public const int Own = -1;

    /// <summary>Any colour, because nothing of it is visible.</summary>
    public const int Any = -2;

    private const int Indexed = 0x100;
    private const int Direct = 0x1000000;

    // The sixteen in the order of their codes: Terminal.Gui's names are in the order of the old PC's, which swaps red
    // and blue.
    private static readonly ColorName16[] _order =
    [
        ColorName16.Black,
        ColorName16.Red,
        ColorName16.Green,
        ColorName16.Yellow,
        ColorName16.Blue,
        ColorName16.Magenta,
        ColorName16.Cyan,
        ColorName16.Gray,
        ColorName16.DarkGray,
        ColorName16.BrightRed,
        ColorName16.BrightGreen,
        ColorName16.BrightYellow,
        ColorName16.BrightBlue,
        ColorName16.BrightMagenta,
        ColorName16.BrightCyan,
        ColorName16.White,
    ];

    private static readonly Color[] _sixteen = [.. _order.Select(name => new Color(name))];

    private readonly Dictionary<Attribute, CellStyle> _known = [];

    /// <summary>
    /// The nearest colours of the terminal. Without colours, a background brighter than the text becomes reverse.
    /// </summary>
    public CellStyle Reduce(Attribute attribute)
    {
        if (!_known.TryGetValue(attribute, out var style))
        {
            style =
                depth == ColorDepth.Monochrome
                    ? WithoutColor(attribute)
                    : new(Code(attribute.Foreground), Code(attribute.Background), attribute.Style);
            _known[attribute] = style;
        }

        return style;
    }

    private static CellStyle WithoutColor(Attribute attribute)
    {
        var bright =
            attribute.Background.A != 0
            && attribute.Foreground.A != 0
            && Brightness(attribute.Background) > Brightness(attribute.Foreground);
        return new(Own, Own, bright ? attribute.Style ^ TextStyle.Reverse : attribute.Style);
    }

    private static int Brightness(Color color) => (color.R * 299) + (color.G * 587) + (color.B * 114);

    private int Code(Color color)
    {
        if (color.A == 0)
        {
            return Own;
        }

        // The sixteen colours are sent unchanged, because the operator chose a readable palette.
        var named = Array.FindIndex(_sixteen, c => (c.R, c.G, c.B) == (color.R, color.G, color.B));
        return (named, depth) switch
        {
            (>= 0, _) => named,
            (_, ColorDepth.TrueColor) => Direct | (color.R << 16) | (color.G << 8) | color.B,
            (_, ColorDepth.TwoHundredFiftySix) => Indexed | NearestIndexed(color),
            _ => Array.IndexOf(_order, color.GetClosestNamedColor16()),
        };
    }

    // xterm: 16 to 231 are a cube of six steps (0, 95, 135 … 255), 232 to 255 are greys (8, 18 … 238).
    private static int NearestIndexed(Color color)
    {
        var (r, g, b) = (Step(color.R), Step(color.G), Step(color.B));
        var grey = Math.Clamp((((color.R + color.G + color.B) / 3) - 3) / 10, 0, 23);
        var level = 8 + (10 * grey);
        return Distance(color, level, level, level) < Distance(color, Level(r), Level(g), Level(b))
            ? 232 + grey
            : 16 + (36 * r) + (6 * g) + b;

        static int Step(int value) =>
            value < 48 ? 0
            : value < 115 ? 1
            : (value - 35) / 40;
        static int Level(int step) => step == 0 ? 0 : 55 + (40 * step);
    }

    private static int Distance(Color color, int r, int g, int b) =>
        ((color.R - r) * (color.R - r)) + ((color.G - g) * (color.G - g)) + ((color.B - b) * (color.B - b));
}
