using System.Globalization;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// What of a character all terminals give the same columns. Of emoji that are made of others (⚠ with a variation selector, flags,
/// families, skins) and of vowels beside their letter each has its own opinion, and one column more or less moves the row, the end
/// of which then breaks into the next one.
/// </summary>
internal static class SafeGrapheme
{
    private const string None = "?";

    /// <summary>The first of the characters it is made of, with the marks above and below; <c>?</c> where that one is of no sure width.</summary>
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

    // They change how the letter before them looks, and in some terminals how wide it is.
    private static bool IsSelector(Rune rune) =>
        rune.Value is (>= 0xfe00 and <= 0xfe0f) or (>= 0xe0100 and <= 0xe01ef) or 0x34f;
}
