using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ErpInstaller.Certificate.Provided;

/// <summary>
/// Finds PEM blocks (RFC 7468) in text as operators have it: UTF-16 of PowerShell, indented, quoted in a mail, with
/// <c>\n</c> as two characters from JSON, with typographic dashes, without line breaks. None of these characters
/// belongs to Base64, so there is one way to read them.
/// </summary>
internal static partial class PemText
{
    /// <summary>
    /// Decodes a file: UTF-8, or UTF-16 and UTF-32 with their byte order mark, or UTF-16 of ASCII text without one.
    /// </summary>
    public static string Decode(byte[] bytes)
    {
        var encoding = bytes switch
        {
            [0, not 0, ..] => Encoding.BigEndianUnicode,
            [not 0, 0, ..] => Encoding.Unicode,
            _ => Encoding.UTF8,
        };
        using var reader = new StreamReader(new MemoryStream(bytes), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>Finds all blocks, in order. Text between blocks is a comment.</summary>
    public static IReadOnlyList<PemBlock> Blocks(string text)
    {
        var plain = Escaped().Replace(text, m => m.Value[^1] == '/' ? "/" : "\n");
        var begins = Begin().Matches(plain);
        return
        [
            .. begins.Select(
                (b, i) =>
                {
                    var next = i + 1 < begins.Count ? begins[i + 1].Index : plain.Length;
                    return Block(b.Groups["label"].Value, plain[(b.Index + b.Length)..next]);
                }
            ),
        ];
    }

    /// <summary>Decodes text that is Base64 and nothing else; null when it is not.</summary>
    public static byte[]? Base64(string text)
    {
        var digits = Digits(text);
        var bytes = new byte[digits.Length];
        return digits.Length > 0 && Convert.TryFromBase64String(digits, bytes, out var length) ? bytes[..length] : null;
    }

    // Headers stand before the Base64 and have a colon; a line that begins with a space continues one (RFC 1421, 4.6).
    private static PemBlock Block(string label, string rest)
    {
        var end = End().Match(rest);
        var lines = (end.Success ? rest[..end.Index] : rest).Split('\n', '\r');
        var isEncrypted = lines.Any(l => l.Contains("Proc-Type:", StringComparison.Ordinal) && l.Contains("ENCRYPTED"));
        var isWhole = end.Success && end.Groups["label"].Value.TrimEnd() == label;
        var body = string.Concat(lines.Where(l => !l.Contains(':', StringComparison.Ordinal)));
        return new PemBlock(label, isWhole && !isEncrypted ? Base64(body) : null, isEncrypted);
    }

    private static string Digits(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '>' && !IsInvisible(c)));

    // A zero-width space, a byte order mark in the middle of a file.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    [GeneratedRegex(@"\\+(?:[rn/])")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"[\p{Pd}\u2212]{2,} ?BEGIN (?<label>[A-Z0-9#][A-Z0-9# ]*?) ?[\p{Pd}\u2212]{2,}")]
    private static partial Regex Begin();

    // Without the dashes behind it: the next block's may follow at once.
    [GeneratedRegex(@"[\p{Pd}\u2212]{2,} ?END (?<label>[A-Z0-9#][A-Z0-9# ]*)")]
    private static partial Regex End();
}

/// <summary>A block of a PEM file.</summary>
/// <param name="Label">Its label, for example <c>CERTIFICATE</c>.</param>
/// <param name="Bytes">Its content; null when its Base64 is damaged, its end is missing, or it is encrypted with
/// headers.</param>
/// <param name="IsEncrypted">True when it has the headers of an encrypted key (RFC 1421).</param>
internal sealed record PemBlock(string Label, byte[]? Bytes, bool IsEncrypted);
