using System.Globalization;
using System.Text.RegularExpressions;
using Tomlyn;

namespace ErpInstaller.Core.Toml;

/// <summary>An error of the TOML parser, in the form of a compiler's error.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="What">The message.</param>
internal sealed partial record TomlFault(int Line, int Column, string What)
{
    /// <summary><c>line:column</c></summary>
    public string Place => FormattableString.Invariant($"{Line}:{Column}");

    /// <summary>The innermost error: Tomlyn wraps a syntax error into a conversion error.</summary>
    public static TomlFault Of(TomlException error)
    {
        // "(1,10) : error : … Reason: (2,13) : error : Expected `]`"
        var found = Complaint().Matches(error.Message);
        return found.Count == 0
            ? new TomlFault(error.Line ?? 1, error.Column ?? 1, error.Message.Split('\n')[0].Trim())
            : new TomlFault(
                int.Parse(found[^1].Groups[1].Value, CultureInfo.InvariantCulture),
                int.Parse(found[^1].Groups[2].Value, CultureInfo.InvariantCulture),
                found[^1].Groups[3].Value.Trim()
            );
    }

    [GeneratedRegex(@"\((\d{1,9}),(\d{1,9})\) : error : ((?:(?!\(\d+,\d+\) : error).)*)")]
    private static partial Regex Complaint();
}
