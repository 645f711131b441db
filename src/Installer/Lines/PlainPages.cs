using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;

namespace ErpInstaller.Lines;

/// <summary>Asks the questions of all pages in order, with the way back.</summary>
internal sealed class PlainPages(
    AnswersInterview interview,
    PlainQuestion asker,
    OperatorLines lines,
    PlainLines output
)
{
    private readonly HashSet<QuestionPage> _opened = [];

    // A page's gate is a stop without a question.
    private readonly IReadOnlyList<(QuestionPage Page, Question? Question)> _stops =
    [
        .. interview.Questionnaire.Pages.SelectMany(p => p.Questions.Select(q => (p, (Question?)q)).Prepend((p, null))),
    ];

    /// <summary>Asks everything. Each answer is in the draft before the next question.</summary>
    public async Task AskAsync()
    {
        QuestionPage? shown = null;
        var at = Next(-1, interview.Answers);
        while (at < _stops.Count)
        {
            var (page, question) = _stops[at];
            if (page != shown)
            {
                shown = page;
                output.Write("");
                output.Write($"{page.Title}. {page.Help}");
            }

            var answers = interview.Answers;
            var taken = question is null ? await GateAsync(page, answers) : await asker.AskAsync(question, answers);
            if (taken is null)
            {
                at = Previous(at, answers);
            }
            else
            {
                interview.Keep(taken);
                interview.Flush();
                at = Next(at, interview.Answers);
            }
        }
    }

    private async Task<AnswerFile?> GateAsync(QuestionPage page, AnswerFile answers)
    {
        var typed = await lines.AskAsync($"{page.Gate} [y/N]");
        if (typed is "y" or "Y" or "yes")
        {
            _opened.Add(page);
        }
        else
        {
            _opened.Remove(page);
        }

        return typed == PlainQuestion.Back ? null : answers;
    }

    private int Next(int from, AnswerFile answers)
    {
        var at = from + 1;
        while (at < _stops.Count && !IsAsked(_stops[at], answers))
        {
            at++;
        }

        return at;
    }

    private int Previous(int from, AnswerFile answers)
    {
        var at = from - 1;
        while (at >= 0 && !IsAsked(_stops[at], answers))
        {
            at--;
        }

        return at < 0 ? from : at;
    }

    private bool IsAsked((QuestionPage Page, Question? Question) stop, AnswerFile answers) =>
        stop.Question is null
            ? stop.Page.Gate is not null
            : (stop.Page.Gate is null || _opened.Contains(stop.Page)) && stop.Question.Applies(answers);
}
