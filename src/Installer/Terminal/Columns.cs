using System.Globalization;
using System.Text;
using Terminal.Gui.Text;

namespace ErpInstaller.Terminal;

/// <summary>Cuts and wraps text by its width in columns.</summary>
internal static class Columns
{
    /// <summary>Columns that a text takes.</summary>
    public static int Of(string text) => Ascii.IsValid(text) ? text.Length : text.GetColumns();

    /// <summary>The longest beginning of a text that fits, in whole characters.</summary>
    public static string Take(string text, int width)
    {
        if (Of(text) <= width)
        {
            return text;
        }

        var taken = new StringBuilder();
        var used = 0;
        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            used += Of(character);
            if (used > width)
            {
                break;
            }

            taken.Append(character);
        }

        return taken.ToString();
    }

    /// <summary>Wraps a text at blanks to a width; a word that is too long is split.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Of(line) + 1 + Of(word) > width)
            {
                yield return line;
                line = "";
            }

            var rest = line.Length > 0 ? $"{line} {word}" : word;
            while (Of(rest) > width && width > 0)
            {
                var part = Take(rest, width);
                yield return part;
                rest = rest[part.Length..];
            }

            line = rest;
        }

        yield return line;
    }
}
