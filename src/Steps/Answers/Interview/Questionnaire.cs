using ErpInstaller.Answers.Files;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Answers.Rules;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// All questions of an installation, for every front end alike. What is wrong with an answer is what the reader of answer
/// files says of it: there is no second set of rules.
/// </summary>
public sealed class Questionnaire(ReleaseCatalog catalog)
{
    private const string Draft = "draft.toml";
    private readonly AnswersVocabulary _known = AnswersVocabulary.Of(catalog);

    /// <summary>The questions, page by page.</summary>
    public IReadOnlyList<QuestionPage> Pages { get; } = QuestionPages.InOrder(catalog);

    /// <summary>
    /// The answers without those whose question has no meaning beside the others: the paths of a provided certificate when the
    /// mode is another. A draft keeps them, in case the operator turns back.
    /// </summary>
    public AnswerFile Settled(AnswerFile answers) =>
        Pages
            .SelectMany(p => p.Questions)
            .Aggregate(answers, (settled, q) => q.Applies(settled) ? settled : q.Set(settled, q.Default ?? ""));

    /// <summary>
    /// Answers that no question asks for and that are not the default: the key's full name and the value, as the file has them.
    /// They come from a loaded file and are kept.
    /// </summary>
    public IEnumerable<(string Key, string Value)> Unasked(AnswerFile answers) =>
        UnaskedAnswers.Of(answers, Pages.SelectMany(p => p.Questions).Select(q => q.Key).ToHashSet());

    /// <summary>Everything that keeps the answers from being installed, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems(AnswerFile answers)
    {
        var problems = new ProblemList(Draft);
        var settled = Settled(answers);
        foreach (var secret in Pages.SelectMany(p => p.Questions).Where(q => q.Kind == QuestionKind.Secret))
        {
            CheckTyped(settled, secret, problems);
        }

        // The secrets themselves are checked; the reader is shown what stands for them.
        try
        {
            AnswersReader.ReadText(AnswersWriter.Write(WithoutTyped(settled)), Draft, _known);
        }
        catch (AnswersInvalid e)
        {
            return [.. problems.Problems, .. e.Problems];
        }

        return problems.Problems;
    }

    /// <summary>What is wrong with the present answer to a question, in a sentence; null when nothing is.</summary>
    public string? Problem(AnswerFile answers, Question question)
    {
        var found = Problems(answers).FirstOrDefault(p => Concerns(p, question));
        return found is null ? null
            : found.Suggestion is null ? found.Problem
            : $"{found.Problem}; {found.Suggestion}";
    }

    /// <summary>What would be wrong with a text as the answer; null when nothing would.</summary>
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

    private static bool Concerns(FileProblem problem, Question question) =>
        problem.Key == question.Key
        || problem.Key.StartsWith(question.Key + ".", StringComparison.Ordinal)
        || (question.Key == "apps.install" && problem.Key.StartsWith("apps.", StringComparison.Ordinal));

    private static void CheckTyped(AnswerFile answers, Question question, ProblemList problems)
    {
        if (question.Description.Value!(answers) is SecretSource { Literal: { } secret })
        {
            new SecretCheck(problems).Check(
                new TextNode(Place.Start, secret),
                (SecretKey)question.Description,
                question.Key
            );
        }
    }

    private AnswerFile WithoutTyped(AnswerFile answers) =>
        Pages
            .SelectMany(p => p.Questions)
            .Aggregate(answers, (a, q) =>
                q.Description.Value!(a) is SecretSource { Literal: not null }
                    ? q.Set(a, AnswerText.OfVariable(q.Variable!))
                    : a
            );
}
