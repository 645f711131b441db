using System.Text.RegularExpressions;

namespace ErpInstaller.Answers.Keys;

/// <summary>Which texts a key takes. A text with a control character is never good.</summary>
/// <param name="Is">What a good text is, for a sentence: <c>a host name</c>.</param>
/// <param name="Pattern">The same as a regular expression, for .NET and ECMAScript alike.</param>
/// <param name="Matcher">The pattern, compiled on first use.</param>
internal sealed record TextRule(string Is, string Pattern, Func<Regex> Matcher)
{
    /// <summary>The longest text that is good, in characters.</summary>
    public int MaxLength { get; init; } = 255;

    /// <summary>The shortest text that is good, in characters.</summary>
    public int MinLength { get; init; }

    /// <summary>Names what is wrong with a text beyond "is not what it should be", or null.</summary>
    public Func<string, string?> Explain { get; init; } = _ => null;

    /// <summary>Makes a text good that is nearly so.</summary>
    public Func<string, string> Mend { get; init; } = text => text.Trim();

    /// <summary>The release or another list decides: the pattern is for the schema alone.</summary>
    public bool IsDecidedElsewhere { get; init; }

    /// <summary>Whether a text is good.</summary>
    public bool Accepts(string text) =>
        text.Length <= MaxLength
        && text.Length >= MinLength
        && !text.Any(char.IsControl)
        && Matcher().IsMatch(text)
        && Explain(text) is null;
}
