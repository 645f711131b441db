using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// The notes below a form about the marked question: its meaning, problems and advice. The constructor computes them,
/// and reads the files that the answers name.
/// </summary>
internal sealed class QuestionNotes
{
    private readonly (string Text, Tone Tone)[] _before;
    private readonly (string Text, Tone Tone)[] _after;

    /// <param name="page">The page of the form.</param>
    /// <param name="question">The marked question.</param>
    /// <param name="text">Its answer as it is typed.</param>
    public QuestionNotes(ScreenContext work, QuestionPage page, Question question, string text)
    {
        var (answers, glyphs) = (work.Interview.Answers, work.Glyphs);
        Problem = work.Interview.Questionnaire.Problem(answers, question, text);
        _before = [.. Meaning(question, answers, text)];
        _after =
        [
            .. Remark(question, answers, text, glyphs),
            .. Problem is null ? Secret(question, work.Interview, glyphs) : [],
            .. page.Id == "certificate" ? Certificate(answers, work.Time.GetUtcNow(), glyphs) : [],
        ];
    }

    /// <summary>Why the answer is wrong; null if it is not.</summary>
    public string? Problem { get; }

    /// <summary>The lines.</summary>
    /// <param name="names">The completions of a path; empty unless the operator asked for them.</param>
    public IEnumerable<Line> Draw(string names, int width)
    {
        IEnumerable<(string, Tone)> asked = names.Length > 0 && Problem is null ? [(names, Tone.Normal)] : [];
        return _before
            .Concat(asked)
            .Concat(_after)
            .SelectMany(n => Columns.Wrap(n.Item1, width).Select(l => new Line(l, n.Item2)));
    }

    private static IEnumerable<(string, Tone)> Meaning(Question question, AnswerFile answers, string text) =>
        question.Kind switch
        {
            QuestionKind.Choice =>
            [
                (question.Choices(answers).FirstOrDefault(c => c.Value == text)?.Explanation ?? "", Tone.Normal),
            ],
            QuestionKind.Secret =>
            [
                (question.Brief, Tone.Quiet),
                ($"Typed, or {question.VariableText}, or file:/path", Tone.Quiet),
            ],
            _ => [(question.Brief, Tone.Quiet)],
        };

    // A missing answer is not wrong yet, so it is only a warning.
    private IEnumerable<(string, Tone)> Remark(Question question, AnswerFile answers, string text, Glyphs glyphs) =>
        Problem is not null ? [($"{question.Label}: {Problem}", text.Length == 0 ? Tone.Warning : Tone.Bad)]
        : question.Advice(answers) is { } advice ? [($"{glyphs.Warning} {advice}", Tone.Warning)]
        : [];

    private static IEnumerable<(string, Tone)> Secret(Question question, AnswersInterview interview, Glyphs glyphs)
    {
        if (interview.SecretProblem(question) is not { } missing)
        {
            return [];
        }

        var hint = question.Source(interview.Answers)?.Env is null
            ? missing.Hint
            : $"{missing.Hint}   before the next start: F10 leaves and keeps the answers";
        return [($"{glyphs.Warning} {missing.Message}", Tone.Warning), (hint, Tone.Accent)];
    }

    private static IEnumerable<(string, Tone)> Certificate(AnswerFile answers, DateTimeOffset now, Glyphs glyphs)
    {
        if (answers.Certificate is not { Mode: CertificateMode.Provided, Certificate: not null, Key: not null })
        {
            return [];
        }

        var findings = ProvidedCertificateFindings.Findings(answers, now);
        return
        [
            .. findings.SelectMany(f =>
                f.IsWarning
                    ? ((string, Tone)[])[($"{glyphs.Warning} {f.Message}", Tone.Warning)]
                    : [($"{glyphs.Failed} {f.Message}", Tone.Bad), (f.Hint, Tone.Accent)]
            ),
            .. findings.All(f => f.IsWarning)
                ? ((string, Tone)[])
                    [($"{glyphs.Done} Chain and key belong together and cover {answers.Site.Name}.", Tone.Good)]
                : [],
        ];
    }
}
