using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Shows the host checks. The operator can repeat failed checks or accept them with a reason.</summary>
/// <param name="clean">Makes a text safe for the terminal, see <see cref="EventStream.Clean"/>.</param>
internal sealed class PlainHostChecks(
    Questionnaire questionnaire,
    OperatorLines lines,
    PlainLines output,
    Func<AnswerFile, Installation> open,
    Func<string, string> clean
)
{
    /// <returns>The answers with the accepted checks.</returns>
    public async Task<AnswerFile> AskAsync(AnswerFile answers, CancellationToken cancellation)
    {
        while (await CheckAsync(answers, cancellation) is { Count: > 0 } failed)
        {
            output.Write(
                $"{failed.Count} failed: {string.Join(", ", failed.Select(r => r.Id))}. An install would stop here."
            );
            switch (await lines.AskAsync("r checks again, a accepts them with reasons, Enter continues for now:"))
            {
                case "a":
                    answers = await AcceptAsync(answers, failed);
                    break;
                case "":
                    return answers;
            }
        }

        return answers;
    }

    private async Task<IReadOnlyList<HostCheckRow>> CheckAsync(AnswerFile answers, CancellationToken cancellation)
    {
        try
        {
            var report = await HostChecksStep.CheckAsync(open(answers).ContextOf(new HostChecksStep()), cancellation);
            foreach (var row in report.Rows)
            {
                HostCheckLines.Write(
                    new HostChecked(row.Id, row.Verdict, clean(row.Found), row.Needed, clean(row.Hint)),
                    output
                );
            }

            return report.Blocking;
        }
        catch (InstallerException e)
        {
            output.Write($"Could not read host facts: {clean(e.Message)}");
            output.WriteWhole($"hint: {clean(e.Hint)}");
            return [];
        }
    }

    private async Task<AnswerFile> AcceptAsync(AnswerFile answers, IReadOnlyList<HostCheckRow> failed)
    {
        foreach (var row in failed)
        {
            var reason = await lines.AskAsync($"{row.Id}: reason to accept it? (Enter: do not accept)");
            if (reason.Length == 0)
            {
                continue;
            }

            var changed = answers with
            {
                Host = new HostAnswers
                {
                    Accept = new Dictionary<string, string>(answers.Host.Accept) { [row.Id] = reason },
                },
            };
            if (questionnaire.Problems(changed).FirstOrDefault(p => p.Key == $"host.accept.{row.Id}") is { } problem)
            {
                output.Write($"  {problem.Problem}");
                continue;
            }

            answers = changed;
        }

        return answers;
    }
}
