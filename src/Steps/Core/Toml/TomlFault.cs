using System.Text.RegularExpressions;
using Tomlyn;

namespace ErpInstaller.Core.Toml;

/// <summary>An error of the TOML parser, in the form of a compiler's error.</summary>
/// <param name="Place"><c>line:column</c>, both from 1.</param>
/// <param name="What">The message.</param>
internal sealed partial record TomlFault(string Place, string What)
{
    /// <summary>The innermost error: Tomlyn wraps a syntax error into a conversion error.</summary>
    public static TomlFault Of(TomlException error)
    {
        // "(1,10) : error : … Reason: (2,13) : error : Expected `]`"
        var found = Complaint().Matches(error.Message);
        return found.Count == 0
            ? new TomlFault($"{error.Line ?? 1}:{error.Column ?? 1}", error.Message.Split('\n')[0].Trim())
            : new TomlFault(
                $"{found[^1].Groups[1].Value}:{found[^1].Groups[2].Value}",
                found[^1].Groups[3].Value.Trim()
            );
    }

    [GeneratedRegex(@"\((\d+),(\d+)\) : error : ((?:(?!\(\d+,\d+\) : error).)*)")]
    private static partial Regex Complaint();
}
