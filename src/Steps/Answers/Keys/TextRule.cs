using System.Text.RegularExpressions;

namespace ErpInstaller.Answers.Keys;

/// <summary>The texts that a key takes. A text with a control character is never valid.</summary>
/// <param name="Is">The description of a valid text, for a sentence: <c>a host name</c>.</param>
/// <param name="Pattern">The same as a regular expression, for .NET and ECMAScript alike.</param>
/// <param name="Matcher">The pattern, compiled on first use.</param>
internal sealed record TextRule(string Is, string Pattern, Func<Regex> Matcher)
{
    /// <summary>The maximum length of a valid text, in characters.</summary>
    public int MaxLength { get; init; } = 255;

    /// <summary>The minimum length of a valid text, in characters.</summary>
    public int MinLength { get; init; }

    /// <summary>Gives the specific problem of a text; null when "is not …" says enough.</summary>
    public Func<string, string?> Explain { get; init; } = _ => null;

    /// <summary>Corrects a text with an obvious mistake.</summary>
    public Func<string, string> Correct { get; init; } = text => text.Trim();

    /// <summary>The release or another list decides: the pattern is for the schema alone.</summary>
    public bool IsDecidedElsewhere { get; init; }

    /// <summary>Whether a text is valid.</summary>
    public bool Accepts(string text) =>
        text.Length <= MaxLength
        && text.Length >= MinLength
        && !text.Any(char.IsControl)
        && Matcher().IsMatch(text)
        && Explain(text) is null;
}
