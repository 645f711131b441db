using System.Globalization;
using System.Text;
using Terminal.Gui.Text;

namespace ErpInstaller.Terminal;

/// <summary>Cutting and wrapping of text by the columns that it takes on a terminal.</summary>
internal static class Columns
{
    /// <summary>Columns that a text takes.</summary>
    public static int Of(string text) => Ascii.IsValid(text) ? text.Length : text.GetColumns();

    /// <summary>As much of a text's beginning as fits, whole characters only.</summary>
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

    /// <summary>A text in lines of at most a width, broken at blanks; what has none is broken anywhere.</summary>
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
