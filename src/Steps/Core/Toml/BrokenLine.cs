using System.Text.RegularExpressions;

namespace ErpInstaller.Core.Toml;

/// <summary>
/// Finds the key of a line that the parser could not read. It uses only the text, because the parser's result for such
/// a line may contain a part of a secret.
/// </summary>
internal static partial class BrokenLine
{
    /// <summary>The full name of the key that a line begins with, or empty.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="line">From 1.</param>
    public static string KeyOf(string[] lines, int line)
    {
        var key = Key().Match(lines[line - 1]).Groups[1].Value;
        var header = Enumerable.Reverse(lines[..line]).Select(l => Header().Match(l)).FirstOrDefault(m => m.Success);
        return key.Length == 0 || header is null ? key : $"{header.Groups[1].Value}.{key}";
    }

    [GeneratedRegex(@"^\s*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\s*=")]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s*\[\s*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)")]
    private static partial Regex Header();
}
