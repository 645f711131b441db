using System.Globalization;
using System.Text;
using Terminal.Gui.Drawing;

namespace ErpInstaller.Terminal;

/// <summary>The SGR sequence (ECMA-48 8.3.117) from one style to another, in the fewest bytes.</summary>
internal static class StyleCode
{
    private static readonly (TextStyle Style, int On, int Off)[] _styles =
    [
        (TextStyle.Bold, 1, 22),
        (TextStyle.Faint, 2, 22),
        (TextStyle.Italic, 3, 23),
        (TextStyle.Underline, 4, 24),
        (TextStyle.Blink, 5, 25),
        (TextStyle.Reverse, 7, 27),
        (TextStyle.Strikethrough, 9, 29),
    ];

    /// <summary>Appends nothing if nothing changes.</summary>
    /// <returns>The style that is set afterwards. A blank keeps attributes that it does not show.</returns>
    public static CellStyle Append(StringBuilder output, CellStyle from, CellStyle to)
    {
        if (to.Foreground == ColorReduction.Any)
        {
            const TextStyle shown = TextStyle.Underline | TextStyle.Reverse | TextStyle.Strikethrough;
            to = to with { Foreground = from.Foreground, Style = to.Style | (from.Style & ~shown) };
        }

        if (from == to)
        {
            return to;
        }

        var changes = Changes(from, to);
        var anew = Changes(CellStyle.Default, to);
        var codes =
            anew.Length + (anew.Length > 0 ? 2 : 0) < changes.Length ? (anew.Length > 0 ? "0;" + anew : "") : changes;
        output.Append("\e[").Append(codes).Append('m');
        return to;
    }

    private static string Changes(CellStyle from, CellStyle to)
    {
        var codes = new List<string>();
        // 22 ends both bold and faint, so the one that stays is set again.
        var weight = TextStyle.Bold | TextStyle.Faint;
        var had = (from.Style & weight & ~to.Style) != 0 ? from.Style & ~weight : from.Style;
        foreach (
            var off in _styles
                .Where(s => from.Style.HasFlag(s.Style) && !to.Style.HasFlag(s.Style))
                .Select(s => s.Off)
                .Distinct()
        )
        {
            codes.Add(Number(off));
        }

        codes.AddRange(
            _styles.Where(s => to.Style.HasFlag(s.Style) && !had.HasFlag(s.Style)).Select(s => Number(s.On))
        );
        if (from.Foreground != to.Foreground)
        {
            codes.Add(Color(to.Foreground, 30));
        }

        if (from.Background != to.Background)
        {
            codes.Add(Color(to.Background, 40));
        }

        return string.Join(';', codes);
    }

    private static string Color(int code, int first) =>
        code switch
        {
            ColorReduction.Own or ColorReduction.Any => Number(first + 9),
            < 8 => Number(first + code),
            < 16 => Number(first + 60 + code - 8),
            < 0x1000000 => $"{first + 8};5;{code & 0xff}",
            _ => $"{first + 8};2;{(code >> 16) & 0xff};{(code >> 8) & 0xff};{code & 0xff}",
        };

    private static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);
}
