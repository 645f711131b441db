using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// One key of the answers as a question. Meaning, kind and limits are those of the key's description; what is wrong with an
/// answer says <see cref="Questionnaire"/>.
/// </summary>
public sealed record Question
{
    private static readonly Func<AnswerFile, IReadOnlyList<QuestionChoice>> _noChoices = _ => [];
    private readonly Func<AnswerFile, string, AnswerFile> _change;

    internal Question(ValueKey key, Func<AnswerFile, string, AnswerFile> change) =>
        (Description, _change) = (key, change);

    /// <summary>The key's full name: <c>site.name</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What stands before the answer, 22 characters at most.</summary>
    public required string Label { get; init; }

    /// <summary>What the key means: whole sentences.</summary>
    public string Summary => Description.Summary;

    /// <summary>The same without what holds when nothing is answered, for who sees <see cref="WhenAbsent"/> beside it.</summary>
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

    /// <summary>How it is answered.</summary>
    public QuestionKind Kind =>
        Description switch
        {
            NumberKey => QuestionKind.Number,
            SecretKey => QuestionKind.Secret,
            TextListKey when Choices != _noChoices => QuestionKind.Choices,
            _ when HasChoices => QuestionKind.Choice,
            TextKey text when text.Rule == TextRules.AbsolutePath => QuestionKind.Path,
            _ => QuestionKind.Text,
        };

    /// <summary>Of a number: the smallest that is good.</summary>
    public int Least => (Description as NumberKey)?.Least ?? 0;

    /// <summary>Of a number: the largest that is good.</summary>
    public int Most => (Description as NumberKey)?.Most ?? 0;

    /// <summary>Of a secret: an environment variable to propose.</summary>
    public string? Variable => (Description as SecretKey)?.Variable;

    /// <summary>Of a secret: <see cref="Variable"/> as it is typed.</summary>
    public string? VariableText => Variable is { } name ? AnswerText.OfVariable(name) : null;

    /// <summary>What holds when nothing is answered; null: it must be answered, or the value says it all.</summary>
    public string? WhenAbsent { get; init; }

    /// <summary>What can be chosen; it may depend on other answers. Empty unless this is a choice.</summary>
    public Func<AnswerFile, IReadOnlyList<QuestionChoice>> Choices { get; init; } = _noChoices;

    /// <summary>Whether the other answers leave this question a meaning.</summary>
    public Func<AnswerFile, bool> Applies { get; init; } = _ => true;

    /// <summary>What to know about the present answer, beside its meaning: a sentence; null: nothing.</summary>
    public Func<AnswerFile, string?> Advice { get; init; } = _ => null;

    /// <summary>The answer of an untouched draft, as text; null: there is none.</summary>
    public string? Default => Get(new AnswerFile());

    internal ValueKey Description { get; }

    private bool HasChoices => Description is ChoiceKey || Key == QuestionKeys.Release;

    /// <summary>
    /// The present answer as text; null or empty: none. Several words have spaces between them. A secret is
    /// <c>env:NAME</c>, <c>file:/path</c> or the secret itself: whoever shows it uses <see cref="Shown"/>.
    /// </summary>
    public string? Get(AnswerFile answers) => AnswerText.Of(Description.Value!(answers));

    /// <summary>The text is a secret itself, which nobody may see, and not the place where one is kept.</summary>
    public bool IsSecret(string text) =>
        Kind == QuestionKind.Secret && text.Length > 0 && !AnswerText.IsReference(text);

    /// <summary>Of a secret: where it is; null when there is none.</summary>
    public SecretSource? Source(AnswerFile answers) => Description.Value!(answers) as SecretSource;

    /// <summary>The present answer for the eyes: no secret, and in words what holds when there is none.</summary>
    public string Shown(AnswerFile answers) =>
        Description.Value!(answers) switch
        {
            SecretSource { Literal: not null } => "as typed",
            SecretSource source => source.ToString(),
            var value => AnswerText.Of(value) is { Length: > 0 } text ? text : WhenAbsent ?? "",
        };

    /// <summary>The answers with another one, given as by <see cref="Get"/>. It need not be a good one.</summary>
    /// <exception cref="FormatException">A number that is none, a word that is no choice: the answers cannot hold it.</exception>
    public AnswerFile Set(AnswerFile answers, string text) => _change(answers, text.Trim());
}
