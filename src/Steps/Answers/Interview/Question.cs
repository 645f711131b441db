using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// One key of the answers as a question. All facts come from the key itself. <see cref="Questionnaire"/> judges the
/// answers.
/// </summary>
public sealed record Question
{
    private static readonly Func<AnswerFile, IReadOnlyList<QuestionChoice>> _noChoices = _ => [];

    internal Question(ValueKey key)
    {
        Description = key;
        if (key is ChoiceKey choice)
        {
            QuestionChoice[] words = [.. choice.Choices.Select(c => new QuestionChoice(c.Word, c.Explanation))];
            Choices = _ => words;
        }
    }

    /// <summary>The full name of the key: <c>site.name</c>.</summary>
    public string Key => Description.Path;

    /// <summary>The label before the answer, 22 characters at most.</summary>
    public string Label => Description.Label!;

    /// <summary>The meaning of the key, in whole sentences.</summary>
    public string Summary => Description.Summary;

    /// <summary>
    /// The meaning without the effect of no answer, for a place that shows <see cref="WhenAbsent"/>, too.
    /// </summary>
    public string Brief =>
        string.Join(
            ' ',
            Summary
                .Split(". ")
                .TakeWhile(s =>
                    !s.StartsWith("Absent:", StringComparison.Ordinal)
                    && !s.StartsWith("Empty:", StringComparison.Ordinal)
                )
                .Select(s => s.TrimEnd('.') + ".")
        );

    /// <summary>The kind of answer.</summary>
    public QuestionKind Kind =>
        Description switch
        {
            NumberKey => QuestionKind.Number,
            SecretKey => QuestionKind.Secret,
            TextListKey when Choices != _noChoices => QuestionKind.Choices,
            _ when Choices != _noChoices => QuestionKind.Choice,
            TextKey text when text.Rule == TextRules.AbsolutePath => QuestionKind.Path,
            _ => QuestionKind.Text,
        };

    /// <summary>The smallest number that is good.</summary>
    public int Least => (Description as NumberKey)?.Least ?? 0;

    /// <summary>The largest number that is good.</summary>
    public int Most => (Description as NumberKey)?.Most ?? 0;

    /// <summary>An environment variable to propose for a secret.</summary>
    public string? Variable => (Description as SecretKey)?.Variable;

    /// <summary><see cref="Variable"/> as it is typed.</summary>
    public string? VariableText => Variable is { } name ? Description.ToText(new SecretSource { Env = name }) : null;

    /// <summary>
    /// The effect of no answer, in a few words; null when an answer is required or the value is clear.
    /// </summary>
    public string? WhenAbsent => Description.WhenAbsent;

    /// <summary>The words to choose from, which may depend on other answers. Empty unless this is a choice.</summary>
    public Func<AnswerFile, IReadOnlyList<QuestionChoice>> Choices { get; init; } = _noChoices;

    /// <summary>Whether the question has a meaning beside the other answers.</summary>
    public Func<AnswerFile, bool> Applies => Description.Applies;

    /// <summary>A warning about a good answer, as a sentence; null when there is none.</summary>
    public Func<AnswerFile, string?> Advice => Description.Advice;

    /// <summary>The answer of an untouched draft, as text; null when there is none.</summary>
    public string? Default => Description.Initial is { } value ? Description.ToText(value) : null;

    /// <summary>Changes other answers that depend on this one, after this one changed.</summary>
    internal Func<AnswerFile, AnswerFile> Adapt { get; init; } = answers => answers;

    internal ValueKey Description { get; }

    /// <summary>
    /// The present answer as text; null or empty when there is none. Several words have spaces between them. A secret
    /// is <c>env:NAME</c>, <c>file:/path</c> or the secret itself: use <see cref="Shown"/> to show it.
    /// </summary>
    public string? Get(AnswerFile answers) => Description.Get(answers) is { } value ? Description.ToText(value) : null;

    /// <summary>Whether a text is a secret itself, which must not be shown, and not the place of one.</summary>
    public bool IsSecret(string text) =>
        Kind == QuestionKind.Secret && Description.FromText(text) is SecretSource { Literal: not null };

    /// <summary>The place of a secret; null when there is no secret.</summary>
    public SecretSource? Source(AnswerFile answers) => Description.Get(answers) as SecretSource;

    /// <summary>The present answer to show: never a secret, and without an answer its effect in words.</summary>
    public string Shown(AnswerFile answers) =>
        Description.Get(answers) switch
        {
            SecretSource { Literal: not null } => "as typed",
            SecretSource source => source.ToString(),
            _ => Get(answers) is { Length: > 0 } text ? text : WhenAbsent ?? "",
        };

    /// <summary>The answers with another one, spelled as by <see cref="Get"/>. It may break a rule.</summary>
    /// <exception cref="FormatException">The answers cannot hold it, for example a word as a number.</exception>
    public AnswerFile Set(AnswerFile answers, string text) =>
        Adapt(Description.Set(answers, Description.FromText(text.Trim())));
}
