using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// All questions of an installation, for every front end. Answers are checked by the rules of answer files.
/// </summary>
public sealed class Questionnaire(ReleaseCatalog catalog)
{
    private readonly AnswersVocabulary _known = AnswersVocabulary.Of(catalog);

    /// <summary>The questions, page by page.</summary>
    public IReadOnlyList<QuestionPage> Pages { get; } = QuestionPages.InOrder(catalog);

    /// <summary>
    /// The answers without those whose question has no meaning beside the others, for example the paths of a provided
    /// certificate when the mode is another. A draft keeps them, in case the operator changes the mode back.
    /// </summary>
    public AnswerFile Settled(AnswerFile answers) =>
        Pages
            .SelectMany(p => p.Questions)
            .Aggregate(answers, (settled, q) => q.Applies(settled) ? settled : q.Set(settled, q.Default ?? ""));

    /// <summary>
    /// Answers that no question asks for and that are not the default: the full name of the key and the value, as the
    /// file spells them. They come from a loaded file and are kept.
    /// </summary>
    public IEnumerable<(string Key, string Value)> Unasked(AnswerFile answers) =>
        UnaskedAnswers.Of(answers, Pages.SelectMany(p => p.Questions).Select(q => q.Key).ToHashSet());

    /// <summary>All problems that prevent an installation with the answers, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems(AnswerFile answers) => AnswersReader.Problems(Settled(answers), _known);

    /// <summary>
    /// The problem of the present answer to a question, in a sentence; null when there is none. The answer is checked
    /// alone first. Only a good answer is checked beside the others.
    /// </summary>
    public string? Problem(AnswerFile answers, Question question) =>
        (ProblemAlone(answers, question) ?? Problems(answers).FirstOrDefault(p => Concerns(p, question))) switch
        {
            null => null,
            { Suggestion: null } found => found.Problem,
            var found => $"{found.Problem}; {found.Suggestion}",
        };

    /// <summary>The problem that a text would have as the answer; null when there is none.</summary>
    public string? Problem(AnswerFile answers, Question question, string text)
    {
        try
        {
            return Problem(question.Set(answers, text), question);
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static FileProblem? ProblemAlone(AnswerFile answers, Question question) =>
        question.Applies(answers) && question.Description.Get(answers) is { } value
            ? AnswersReader.Problem(question.Description, value)
            : null;

    private static bool Concerns(FileProblem problem, Question question) =>
        problem.Key == question.Key
        || problem.Key.StartsWith(question.Key + ".", StringComparison.Ordinal)
        || (question.Key == "apps.install" && problem.Key.StartsWith("apps.", StringComparison.Ordinal));
}
