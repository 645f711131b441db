using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// Reduces a grapheme to a part for which all terminals use the same width. Terminals differ for composed emoji (⚠ with
/// a variation selector, flags, families, skin tones) and for spacing vowel signs. A wrong width shifts the row, and
/// its end then breaks into the next one.
/// </summary>
internal static class SafeGrapheme
{
    private const string None = "?";

    /// <summary>
    /// Its first character with the marks above and below it, or <c>?</c> if that width is not certain.
    /// </summary>
    public static string Of(string character)
    {
        if (
            Rune.DecodeFromUtf16(character, out var first, out var length) != System.Buffers.OperationStatus.Done
            || !IsSure(first)
        )
        {
            return None;
        }

        return length == character.Length ? character : character[..length] + Marks(character[length..]);
    }

    private static bool IsSure(Rune rune) =>
        !IsPartOfFlag(rune)
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
            );

    private static bool IsPartOfFlag(Rune rune) => rune.Value is >= 0x1f1e6 and <= 0x1f1ff;

    private static string Marks(string rest) =>
        string.Concat(
            rest.EnumerateRunes()
                .TakeWhile(r => Rune.GetUnicodeCategory(r) == UnicodeCategory.NonSpacingMark && !IsSelector(r))
        );

    // They change the look of the letter before them and, in some terminals, its width.
    private static bool IsSelector(Rune rune) =>
        rune.Value is (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef) or 0x34f;
}
