using System.Text;
using System.Text.RegularExpressions;

namespace ErpInstaller.Tests.Support;

/// <summary>Secrets that a test plants in every form, and looks for afterwards.</summary>
internal static partial class Canaries
{
    /// <summary>A canary with characters that each encoding changes.</summary>
    public static string New(string name) => $"canary<{name}>&\"7\\ü+/ {name.Length}?";

    /// <summary>A log that holds a secret in each form that programs write.</summary>
    public static string Planted(string secret) =>
        $"""
            plain {secret} end
            url https://operator:{Uri.EscapeDataString(secret)}@example.com/ and ?q={Uri.EscapeDataString(
                    secret
                ).ToLowerInvariant()}
            json {System.Text.Json.JsonSerializer.Serialize(secret)}
            base64 {Base64(secret)}
            Authorization: Basic {Base64($"operator:{secret}")}
            inside {Base64($"a{secret}")} {Base64($"bc{secret}d")}

            """;

    /// <summary>Whether a text has the secret, also decoded.</summary>
    public static bool Has(string text, string secret) =>
        Decoded(text).Any(t => t.Contains(secret, StringComparison.Ordinal));

    private static IEnumerable<string> Decoded(string text) =>
        [
            text,
            Uri.UnescapeDataString(text),
            Uri.UnescapeDataString(text.Replace('+', ' ')),
            Escape().Replace(text, m => Unescaped(m.Value)),
            .. Run().Matches(text).SelectMany(m => Enumerable.Range(0, 4).Select(at => FromBase64(m.Value, at))),
        ];

    private static string Unescaped(string escape) =>
        escape.Length == 2 ? escape[1..] : ((char)Convert.ToInt32(escape[2..], 16)).ToString();

    private static string FromBase64(string run, int at)
    {
        var text = run.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        text = text.Length > at ? text[at..] : "";
        text = text[..(text.Length - (text.Length % 4 == 1 ? 1 : 0))];
        return Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{8,}={0,2}")]
    private static partial Regex Run();

    [GeneratedRegex(@"\\u[0-9A-Fa-f]{4}|\\[""\\/]")]
    private static partial Regex Escape();
}
