using System.Globalization;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Answers.Rules;

/// <summary>Describes the problem of a text.</summary>
internal static class TextProblem
{
    /// <summary>The problem in a sentence, and a correction if there is an obvious one.</summary>
    public static (string Problem, string? Suggestion) Of(string text, TextRule rule)
    {
        var holdsLogin = LoginIn(text) is not null;
        var shown = Quoted.Text(
            LoginIn(text) is { } login ? text.Replace(login, "•••", StringComparison.Ordinal) : text
        );
        var problem =
            text.Length == 0 ? $"is empty, must be {rule.Is}"
            : text.Length > rule.MaxLength ? $"{shown} is longer than {rule.MaxLength} characters"
            : rule.Explain(text) is { } reason ? $"{shown} {reason}"
            : $"{shown} is not {rule.Is}";
        var corrected = text.Length is > 0 and <= 500 && !holdsLogin ? rule.Correct(WithoutInvisible(text)) : text;
        return (problem, corrected != text && rule.Accepts(corrected) ? $"did you mean {corrected}?" : null);
    }

    // A text that was copied from a page may have zero-width spaces and soft hyphens.
    private static string WithoutInvisible(string text) =>
        string.Concat(text.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));

    // The part before @ in an address may be a password or a token, so it is not repeated. ssh takes no passwords.
    private static string? LoginIn(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = start < 3 ? -1 : text.LastIndexOf('@');
        return end > start && !text.StartsWith("ssh:", StringComparison.Ordinal) ? text[start..end] : null;
    }
}
