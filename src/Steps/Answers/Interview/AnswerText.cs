using System.Globalization;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Interview;

/// <summary>Answers as the operator types them.</summary>
internal static class AnswerText
{
    private const string Env = "env:";
    private const string File = "file:";

    /// <summary>The text names an environment variable or a file, and is not the secret itself.</summary>
    public static bool IsReference(string secret) =>
        secret.StartsWith(Env, StringComparison.Ordinal) || secret.StartsWith(File, StringComparison.Ordinal);

    /// <summary>How a secret in an environment variable is typed.</summary>
    public static string OfVariable(string name) => Env + name;

    /// <summary>As text; null when there is no answer.</summary>
    public static string? Of(object? value) =>
        value switch
        {
            null => null,
            string text => text,
            int number => number.ToString(CultureInfo.InvariantCulture),
            IEnumerable<string> words => string.Join(' ', words),
            SecretSource { Env: { } name } => OfVariable(name),
            SecretSource { File: { } path } => File + path,
            SecretSource { Literal: { } secret } => secret,
            Enum choice => ChoiceName.Of(choice),
            _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No answer has this type."),
        };

    /// <summary>Nothing typed is no answer.</summary>
    public static string? Optional(string text) => text.Length == 0 ? null : text;

    /// <summary>A whole number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException("must be a whole number");

    /// <summary>Words between spaces or commas, each once.</summary>
    public static List<string> Words(string text) =>
        [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>One of the words of an enum.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static T Choice<T>(string text)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>().Where(v => ChoiceName.Of(v) == text).ToList();
        return values.Count == 1
            ? values[0]
            : throw new FormatException($"must be one of {string.Join(", ", ChoiceConverter<T>.Names)}");
    }

    /// <summary>Where a secret is, or the secret.</summary>
    public static SecretSource? Secret(string text) =>
        text switch
        {
            "" => null,
            _ when text.StartsWith(Env, StringComparison.Ordinal) => new SecretSource { Env = text[Env.Length..] },
            _ when text.StartsWith(File, StringComparison.Ordinal) => new SecretSource { File = text[File.Length..] },
            _ => new SecretSource { Literal = text },
        };
}
