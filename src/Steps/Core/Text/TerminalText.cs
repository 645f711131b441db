using System.Text;
using System.Text.RegularExpressions;

namespace ErpInstaller.Core.Text;

/// <summary>Makes text from builds, containers and APIs safe for a terminal.</summary>
public static partial class TerminalText
{
    /// <summary>
    /// Removes escape sequences (CSI, OSC, DCS and the others of ECMA-48), text that a carriage return would overwrite,
    /// all other control characters, and the Unicode characters that change the direction of text. A tab becomes a
    /// space; line feeds stay.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Suspects))
        {
            return text;
        }

        var plain = Sequences().Replace(text, "");
        var result = new StringBuilder(plain.Length);
        foreach (var line in plain.Split('\n'))
        {
            // A progress bar overwrites itself: only its last state counts.
            var seen = line.TrimEnd('\r');
            seen = seen[(seen.LastIndexOf('\r') + 1)..];
            foreach (var character in seen)
            {
                if (character == '\t')
                {
                    result.Append(' ');
                }
                else if (!char.IsControl(character) && !Suspects.Contains(character))
                {
                    result.Append(character);
                }
            }

            result.Append('\n');
        }

        return result.ToString(0, result.Length - 1);
    }

    private static readonly System.Buffers.SearchValues<char> Suspects = System.Buffers.SearchValues.Create([
        .. Enumerable
            .Range(0, 0x20)
            .Where(c => c != '\n')
            .Concat(Enumerable.Range(0x7f, 0x21))
            .Concat(Enumerable.Range(0x202a, 5))
            .Concat(Enumerable.Range(0x2066, 4))
            .Append(0x61c)
            .Append(0x200e)
            .Append(0x200f)
            .Select(c => (char)c),
    ]);

    // CSI (7 and 8 bit); strings of OSC, DCS, SOS, PM, APC up to their end; two-character escapes with intermediates.
    [GeneratedRegex(
        @"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
            + @"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c|$)"
            + @"|\x1b[ -/]*[0-~]"
    )]
    private static partial Regex Sequences();
}
