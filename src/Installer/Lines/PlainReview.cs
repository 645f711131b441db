using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Shows all answers and what would be done, and saves the answers.</summary>
/// <param name="clean">Makes a text safe for the terminal, see <see cref="EventStream.Clean"/>.</param>
internal sealed class PlainReview(
    AnswersInterview interview,
    OperatorLines lines,
    PlainLines output,
    Func<AnswerFile, Installation> open,
    Func<string, string> clean
)
{
    /// <summary>Shows answers and plan.</summary>
    /// <returns>False: the operator goes back to the questions.</returns>
    public async Task<bool> ShowAsync(CancellationToken cancellation)
    {
        output.Write("");
        output.Write("Review: nothing is changed yet.");
        foreach (var (label, value) in interview.Summary())
        {
            output.Write($"  {label, -22} {value}", indent: 25);
        }

        output.Write("");
        if (interview.Problems is { Count: > 0 } problems)
        {
            problems.ToList().ForEach(p => output.Write(p.InAnswers));
            await lines.AskAsync("Enter goes back to the questions:");
            return false;
        }

        try
        {
            await new Planner(open(interview.Settled)).PlanAsync(cancellation);
        }
        catch (InstallerException e)
        {
            output.Write($"There is no plan: {clean(e.Message)}");
            output.WriteWhole($"hint: {clean(e.Hint)}");
        }

        output.Write("");
        return await lines.AskAsync("Enter continues, < goes back to the questions:") != PlainQuestion.Back;
    }

    /// <summary>
    /// Saves the answers to a path that the operator types, with mode 0600. An existing file is replaced only after a
    /// confirmation.
    /// </summary>
    /// <returns>The path; null when the operator does not save them.</returns>
    public async Task<string?> SaveAsync()
    {
        const string Proposal = "./installer.toml";
        while (true)
        {
            var typed = await lines.AskAsync($"Save the answers as (- to skip) [{Proposal}]:");
            if (typed == "-")
            {
                return null;
            }

            var path = Path.GetFullPath(typed.Length == 0 ? Proposal : typed);
            if (Directory.Exists(path))
            {
                output.Write($"  {path} is a directory.");
                continue;
            }

            if (File.Exists(path) && !await lines.ConfirmAsync($"{path} exists already. Replace it?"))
            {
                continue;
            }

            try
            {
                interview.Save(path, replace: true);
                return path;
            }
            catch (StateDirectoryUnusable e)
            {
                output.Write($"  {e.Message}");
            }
        }
    }
}
