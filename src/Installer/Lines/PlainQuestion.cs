using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Certificate;

namespace ErpInstaller.Lines;

/// <summary>Asks one question in lines until the answer is good.</summary>
internal sealed class PlainQuestion(
    Questionnaire questionnaire,
    OperatorLines lines,
    PlainLines output,
    TimeProvider time
)
{
    /// <summary>Goes back to the question before.</summary>
    public const string Back = "<";

    private const string Explain = "?";
    private const string Nothing = "-";

    /// <returns>The answers with a valid answer to this question; null: the operator goes back.</returns>
    public async Task<AnswerFile?> AskAsync(Question question, AnswerFile answers)
    {
        List(question, answers);
        while (true)
        {
            var typed = await lines.AskAsync(Prompt(question, answers), question.Kind == QuestionKind.Secret);
            if (typed == Back)
            {
                return null;
            }

            if (typed == Explain)
            {
                Help(question, answers);
            }
            else if (question.Kind == QuestionKind.Choices && typed.Length > 0 && typed != Nothing)
            {
                answers = Toggle(question, answers, typed);
                List(question, answers);
            }
            else if (await TakeAsync(question, answers, typed) is { } taken)
            {
                return taken;
            }
        }
    }

    private static string Prompt(Question question, AnswerFile answers) =>
        question.Shown(answers) is { Length: > 0 } present ? $"{question.Label} [{present}]:" : $"{question.Label}:";

    private async Task<AnswerFile?> TakeAsync(Question question, AnswerFile answers, string typed)
    {
        var text = typed switch
        {
            "" => question.Get(answers) ?? "",
            Nothing => "",
            _ => Named(question, answers, typed),
        };
        if (questionnaire.Problem(answers, question, text) is { } problem)
        {
            output.Write($"  {problem}");
            return null;
        }

        if (
            typed.Length > 0
            && question.IsSecret(text)
            && await lines.AskAsync($"{question.Label}, again:", isSecret: true) != text
        )
        {
            output.Write("  The two entries differ.");
            return null;
        }

        var taken = question.Set(answers, text);
        WarnOfSecret(question, taken);
        if (question.Advice(taken) is { } advice)
        {
            output.Write($"  warning: {advice}");
        }

        return question.Key == "certificate.key" && !IsUsable(taken) ? null : taken;
    }

    // The answer is accepted nevertheless: the secret may be available when the installation begins.
    private void WarnOfSecret(Question question, AnswerFile answers)
    {
        if (SecretAvailability.Problem(answers, question) is { } problem)
        {
            output.Write($"  warning: {problem.Message}");
            output.Write($"  hint: before the installation: {problem.Hint}");
        }
    }

    private bool IsUsable(AnswerFile answers)
    {
        var findings = ProvidedCertificateFindings.Findings(answers, time.GetUtcNow());
        foreach (var finding in findings)
        {
            output.Write($"  {(finding.IsWarning ? "warning: " : "")}{finding.Message}");
            output.Write($"  hint: {finding.Hint}");
        }

        return findings.All(f => f.IsWarning);
    }

    private AnswerFile Toggle(Question question, AnswerFile answers, string typed)
    {
        var present = (question.Get(answers) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var word in typed.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Named(question, answers, word);
            if (!present.Remove(name))
            {
                present.Add(name);
            }
        }

        var text = string.Join(' ', present);
        if (questionnaire.Problem(answers, question, text) is { } problem)
        {
            output.Write($"  {problem}");
            return answers;
        }

        return question.Set(answers, text);
    }

    private static string Named(Question question, AnswerFile answers, string typed)
    {
        var choices = question.Choices(answers);
        return
            int.TryParse(typed, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= choices.Count
            ? choices[number - 1].Value
            : typed;
    }

    private void List(Question question, AnswerFile answers)
    {
        var taken = (question.Get(answers) ?? "").Split(' ');
        foreach (var (choice, index) in question.Choices(answers).Select((c, i) => (c, i)))
        {
            var box =
                question.Kind == QuestionKind.Choices
                    ? taken.Contains(choice.Value)
                        ? "[x] "
                        : "[ ] "
                    : "";
            var head = $"  {index + 1, 2} {box}{choice.Value, -14} ";
            output.Write(head + choice.Explanation, head.Length);
        }

        if (question.Kind == QuestionKind.Choices)
        {
            output.Write("  Numbers or names select or deselect; - deselects all; Enter continues.");
        }
    }

    private void Help(Question question, AnswerFile answers)
    {
        output.Write($"  {question.Summary}");
        output.Write(
            question.Kind switch
            {
                QuestionKind.Number => $"  A whole number from {question.Least} to {question.Most}.",
                QuestionKind.Secret =>
                    $"  Type it (nothing is shown), or {question.VariableText} for an environment variable, or "
                        + "file:/path for a file.",
                QuestionKind.Choice => "  A number or a word from the list.",
                QuestionKind.Choices => "  Several from the list.",
                QuestionKind.Path => "  An absolute path.",
                _ => "  A text.",
            }
        );
        output.Write("  Enter accepts the answer in brackets; - empties it; < goes back; Ctrl-D leaves.");
        List(question, answers);
    }
}
