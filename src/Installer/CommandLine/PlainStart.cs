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
    private readonly DraftFile _draft = new(session.Directory);
    private readonly ReleaseCatalog _catalog = new(session.Assets);

    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var (answers, path, isWanted) = await AskAsync(cancellation);
            if (isWanted)
            {
                // Answers that changed since an earlier run were just reviewed.
                return await InstallCommand.InstallAsync(
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
            session.Events.Publish(
                session.Result(ExitCode.Interrupted) with
                {
                    Status = StepStatus.Interrupted,
                    Message = _draft.Exists
                        ? "Left before the end. Nothing was changed; the answers so far are kept in "
                            + $"{session.Directory.Draft}."
                        : "Left before the end. Nothing was changed.",
                    Hint = "go on with: erp-installer --plain",
                }
            );
            return ExitCode.Interrupted;
        }
    }

    private async Task<(AnswerFile Answers, string? Path, bool IsWanted)> AskAsync(CancellationToken cancellation)
    {
        var output = PlainLines.Output;
        var questionnaire = new Questionnaire(_catalog);
        var lines = new OperatorLines(Console.Out, cancellation);
        var pages = new PlainPages(
            questionnaire,
            new PlainQuestion(questionnaire, lines, output, TimeProvider.System),
            lines,
            output,
            _draft
        );
        var review = new PlainReview(questionnaire, lines, output, session.Open, session.Events.Clean);

        var answers = Begin();
        output.Write($"ERPNext on Nomad{(session.Options.Rehearse ? $" - {RehearsalWords.Simulated}" : "")}");
        output.Write("Enter takes what stands in brackets, ? explains, < goes back, Ctrl-D leaves; answers are kept.");
        output.Write("");
        answers = _draft.Write(
            await new PlainHostChecks(questionnaire, lines, output, session.Open, session.Events.Clean).AskAsync(
                answers,
                cancellation
            )
        );
        AnswerFile settled;
        do
        {
            answers = await pages.AskAsync(answers);
            settled = _draft.Write(questionnaire.Settled(answers));
        } while (!await review.ShowAsync(settled, cancellation));

        var path = await review.SaveAsync(settled);
        return (
            settled,
            path,
            await lines.ConfirmAsync(session.Options.Rehearse ? "Rehearse the install now?" : "Install now?")
        );
    }

    // A file that was named, else what was not finished, else what was accepted last.
    private AnswerFile Begin()
    {
        var answers =
            session.Options.Answers is null && _draft.Exists ? _draft.Read()
            : session.HasAnswers ? session.ReadAnswers().Settings.Answers
            : new AnswerFile();
        answers =
            answers.Site.Name.Length > 0
                ? answers
                : answers with
                {
                    Site = answers.Site with { Name = HostName.Proposal() },
                };
        return _catalog.Names.Contains(answers.Erpnext.Release)
            ? answers
            : answers with
            {
                Erpnext = new ErpNextAnswers(),
            };
    }
}
