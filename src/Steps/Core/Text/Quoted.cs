using System.Globalization;
using System.Text;

namespace ErpInstaller.Core.Text;

/// <summary>Quotes parts of a file in messages: safe for a terminal, and shortened.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    /// <summary>
    /// A text in quotes. Control characters, invisible ones and spaces other than the ordinary one are spelled out.
    /// </summary>
    public static string Text(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            Append(result, character);
        }

        return result.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }

    /// <summary>A key: bare where TOML allows it, otherwise in quotes.</summary>
    public static string Key(string key) =>
        key.Length is > 0 and <= Longest && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? key
            : Text(key);

    /// <summary>A key in a table, both with full names.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? Key(key) : $"{path}.{Key(key)}";

    private static void Append(StringBuilder result, char character)
    {
        if (character is '"' or '\\')
        {
            result.Append('\\').Append(character);
        }
        else if (
            char.IsControl(character)
            || char.GetUnicodeCategory(character) is UnicodeCategory.Format
            || (character != ' ' && char.GetUnicodeCategory(character) is UnicodeCategory.SpaceSeparator)
        )
        {
            result.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
        }
        else
        {
            result.Append(character);
        }
    }
}
