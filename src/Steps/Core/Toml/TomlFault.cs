using System.Text.RegularExpressions;
using Tomlyn;

namespace ErpInstaller.Core.Toml;

/// <summary>What a TOML parser complains of, in the form that operators know from compilers.</summary>
/// <param name="Place"><c>line:column</c>, both from 1.</param>
/// <param name="What">The complaint.</param>
internal sealed partial record TomlFault(string Place, string What)
{
    /// <summary>The innermost complaint: Tomlyn wraps a mistake of syntax into one of conversion.</summary>
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
