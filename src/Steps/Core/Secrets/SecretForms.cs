using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ErpInstaller.Core.Secrets;

/// <summary>The spellings under which a secret can stand in a text.</summary>
internal static class SecretForms
{
    // A shorter piece of base64 could be an ordinary word.
    private const int ShortestPiece = 8;

    /// <summary>
    /// The value itself, and the value in base64 (alone, and as a part of a longer text), in URLs and in JSON.
    /// </summary>
    public static IEnumerable<string> Of(string value) =>
        new[] { value }.Concat(InUrls(value)).Concat(InJson(value)).Concat(InBase64(value)).Distinct();

    // Programs differ in the case of the hex digits, in the space, and in whether a slash stays.
    private static IEnumerable<string> InUrls(string value)
    {
        var encoded = Uri.EscapeDataString(value);
        string[] forms =
        [
            encoded,
            encoded.Replace("%2F", "/", StringComparison.Ordinal),
            encoded.Replace("%20", "+", StringComparison.Ordinal),
            WebUtility.UrlEncode(value),
        ];
        return forms.Concat(forms.Select(LowerHex));
    }

    private static string LowerHex(string encoded)
    {
        var lower = new StringBuilder(encoded);
        for (var at = 0; at + 2 < lower.Length; at++)
        {
            if (lower[at] == '%')
            {
                lower[at + 1] = char.ToLowerInvariant(lower[at + 1]);
                lower[at + 2] = char.ToLowerInvariant(lower[at + 2]);
            }
        }

        return lower.ToString();
    }

    // .NET escapes more than JavaScript; Go escapes these three, with lower-case digits.
    private static IEnumerable<string> InJson(string value)
    {
        var plain = JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        return
        [
            JsonEncodedText.Encode(value).ToString(),
            plain,
            plain
                .Replace("<", "\\u003c", StringComparison.Ordinal)
                .Replace(">", "\\u003e", StringComparison.Ordinal)
                .Replace("&", "\\u0026", StringComparison.Ordinal),
        ];
    }

    private static IEnumerable<string> InBase64(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var alone = Convert.ToBase64String(bytes);
        return new[] { alone }
            .Concat([Piece(bytes, 0), Piece(bytes, 1), Piece(bytes, 2)])
            .Where(f => f.Length >= ShortestPiece)
            .SelectMany(f => new[] { f, f.Replace('+', '-').Replace('/', '_') });
    }

    // The characters that depend on the value alone when so many bytes stand before it.
    private static string Piece(byte[] bytes, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
        var first = ((before * 8) + 5) / 6;
        var end = (before + bytes.Length) * 8 / 6;
        return end > first ? encoded[first..end] : "";
    }
}
