using System.Globalization;
using System.Text;

namespace ErpInstaller.Core.Toml;

/// <summary>
/// A character outside of quotes that looks like one of TOML's, or like nothing. Word processors, chats and web pages
/// put them in: typographic quotes, no-break spaces, zero-width spaces, dashes.
/// </summary>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Problem">The character's name and the correction.</param>
internal sealed record ForeignCharacter(int Column, string Problem)
{
    private const string DoubleQuotes = "“”„‟«»″＂";
    private const string SingleQuotes = "‘’‚‛‹›′＇´";
    private const string Dashes = "‐‑‒–—―−－";

    /// <summary>
    /// The first one in a line that the parser could not read; null if there is none. In a text whose closing quote is
    /// missing, this is a typographic quote.
    /// </summary>
    public static ForeignCharacter? In(string line)
    {
        var (open, start) = ('\0', 0);
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (open != '\0')
            {
                at += character == '\\' && open == '"' ? 1 : 0;
                open = character == open ? '\0' : open;
            }
            else if (character == '#')
            {
                return null;
            }
            else if (character is '"' or '\'')
            {
                (open, start) = (character, at + 1);
            }
            else if (!char.IsAscii(character))
            {
                return Named(line, at);
            }
        }

        var quote = open == '\0' ? -1 : line.AsSpan(start).IndexOfAny(DoubleQuotes + SingleQuotes);
        return quote < 0 ? null : Named(line, start + quote);
    }

    private static ForeignCharacter Named(string line, int at)
    {
        var rune = Rune.TryGetRuneAt(line, at, out var found) ? found : Rune.ReplacementChar;
        return new ForeignCharacter(at + 1, Describe(rune));
    }

    private static string Describe(Rune rune)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
        return rune.ToString() switch
        {
            var c when DoubleQuotes.Contains(c, StringComparison.Ordinal) =>
                $"{c} ({code}) is a typographic quote; type \"",
            var c when SingleQuotes.Contains(c, StringComparison.Ordinal) =>
                $"{c} ({code}) is a typographic quote; type '",
            var c when Dashes.Contains(c, StringComparison.Ordinal) => $"{c} ({code}) is a dash; type -",
            _ when SpaceOf(rune) is { } space => $"{code} is {space}; type an ordinary space",
            _ when InvisibleOf(rune) is { } invisible => $"{code} is {invisible}; remove it",
            var c => $"{c} ({code}) is outside quotes; text needs quotes",
        };
    }

    private static string? SpaceOf(Rune rune) =>
        rune.Value switch
        {
            0xa0 => "a no-break space",
            0x202f => "a narrow no-break space",
            0x3000 => "an ideographic space",
            _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpaceSeparator ? "a space of another width" : null,
        };

    private static string? InvisibleOf(Rune rune) =>
        rune.Value switch
        {
            0x200b => "a zero-width space",
            0x200c or 0x200d => "a zero-width joiner",
            0x2028 or 0x2029 => "a line separator",
            0xad => "a soft hyphen",
            0xfeff => "a byte order mark",
            _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
                ? "an invisible character"
                : null,
        };
}
