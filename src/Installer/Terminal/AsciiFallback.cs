using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>Replaces a character by an ASCII character, for locales that are not UTF-8.</summary>
internal static class AsciiFallback
{
    // The letters of Latin-1 from À on. The program has no culture data to derive e from é.
    private const string Latin = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

    /// <summary>The same for each character of a text.</summary>
    public static string ForAll(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var grapheme in Graphemes(text))
        {
            shown.Append(Ascii.IsValid(grapheme) ? grapheme : For(grapheme));
        }

        return shown.ToString();
    }

    /// <summary>For example <c>|</c> for a line of a box, <c>e</c> for é, <c>?</c> if none is similar.</summary>
    public static string For(string text)
    {
        var letter = text[0];
        return letter switch
        {
            < '\x7f' and >= ' ' => letter.ToString(),
            >= 'À' and <= 'ÿ' => Latin[letter - 'À'].ToString(),
            '─' or '━' or '═' or '╌' or '┄' or '–' or '—' or '‐' => "-",
            '│' or '┃' or '║' or '╎' or '┆' => "|",
            >= '\x2500' and <= '\x257f' => "+",
            '█' or '▓' or '■' => "#",
            '░' or '▒' or '□' => ".",
            '✓' or '✔' or '☑' => "+",
            '✗' or '✘' or '☒' => "x",
            '•' or '●' or '◆' => "*",
            '·' or '○' or '◇' => ".",
            '▶' or '►' or '▸' or '›' or '→' or '»' => ">",
            '◀' or '◄' or '◂' or '‹' or '←' or '«' => "<",
            '▲' or '▴' or '↑' => "^",
            '▼' or '▾' or '↓' => "v",
            '…' => "~",
            '‘' or '’' => "'",
            '“' or '”' => "\"",
            '\xa0' => " ",
            _ => CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.SpaceSeparator ? " " : "?",
        };
    }

    private static IEnumerable<string> Graphemes(string text)
    {
        for (var graphemes = StringInfo.GetTextElementEnumerator(text); graphemes.MoveNext(); )
        {
            yield return graphemes.GetTextElement();
        }
    }
}
