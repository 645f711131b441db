using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Lines;
using ErpInstaller.Releases;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>
/// The whole installation in plain lines: host checks, questions, review, and then the same as <c>install</c>.
/// </summary>
internal sealed class PlainStart(Session session)
{
    private readonly AnswersInterview _interview = new(session.Directory, new ReleaseCatalog(session.Assets));

    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var (answers, path, isWanted) = await AskAsync(cancellation);
            if (isWanted)
            {
                // Answers that changed since an earlier run were just reviewed.
                return await EngineRun.RunAsync(
                    session,
                    () => session.Open(answers),
                    acceptChanges: true,
                    isDetached: false,
                    cancellation
                );
            }

            return session.End(
                ExitCode.Done,
                "Nothing was changed. Install later with: erp-installer install --answers "
                    + $"{ShellWord.Of(path ?? session.Directory.Draft)}"
            );
        }
        catch (Exception e)
            when (e is InputEnded || (e is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            Console.Out.WriteLine();
            return session.Leave(
                StepStatus.Interrupted,
                _interview.HasDraft
                    ? "Left before the end. Nothing was changed; the answers so far are kept in "
                        + $"{session.Directory.Draft}."
                    : "Left before the end. Nothing was changed.",
                "go on with: erp-installer --plain"
            );
        }
    }

    private async Task<(AnswerFile Answers, string? Path, bool IsWanted)> AskAsync(CancellationToken cancellation)
    {
        var output = PlainLines.Output;
        var questionnaire = _interview.Questionnaire;
        var lines = new OperatorLines(Console.Out, cancellation);
        var pages = new PlainPages(
            _interview,
            new PlainQuestion(questionnaire, lines, output, TimeProvider.System),
            lines,
            output
        );
        var review = new PlainReview(_interview, lines, output, session.Open, session.Events.Clean);

        foreach (var warning in _interview.Begin(session.Options.Answers))
        {
            session.Events.Publish(new AnswerWarning(warning.ToString()));
        }

        output.Write($"ERPNext on Nomad{(session.Options.Rehearse ? $" - {RehearsalWords.Simulated}" : "")}");
        output.Write("Enter takes what stands in brackets, ? explains, < goes back, Ctrl-D leaves; answers are kept.");
        output.Write("");
        Keep(
            await new PlainHostChecks(questionnaire, lines, output, session.Open, session.Events.Clean).AskAsync(
                _interview.Answers,
                cancellation
            )
        );
        do
        {
            await pages.AskAsync();
            Keep(_interview.Settled);
        } while (!await review.ShowAsync(cancellation));

        var path = await review.SaveAsync();
        return (
            _interview.Answers,
            path,
            await lines.ConfirmAsync(session.Options.Rehearse ? "Rehearse the install now?" : "Install now?")
        );
    }

    private void Keep(AnswerFile answers)
    {
        _interview.Keep(answers);
        _interview.Flush();
    }
}
