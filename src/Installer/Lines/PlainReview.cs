using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Shows all answers and what would be done, and saves the answers.</summary>
/// <param name="clean">Makes a text one for the terminal, see <see cref="EventStream.Clean"/>.</param>
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
            problems.ToList().ForEach(p => output.Write($"{p.Key}: {p.Problem}"));
            await lines.AskAsync("Enter goes back to the questions:");
            return false;
        }

        try
        {
            await new Planner(open(interview.Settled)).PlanAsync(cancellation);
        }
        catch (InstallerException e)
        {
            output.Write($"What would be done is not known: {clean(e.Message)}");
            output.WriteWhole($"hint: {clean(e.Hint)}");
        }

        output.Write("");
        return await lines.AskAsync("Enter goes on, < goes back to the questions:") != PlainQuestion.Back;
    }

    /// <summary>
    /// Saves the answers where the operator wants them, 0600; what is there already is replaced only when told.
    /// </summary>
    /// <returns>The path; null when they are not to be saved.</returns>
    public async Task<string?> SaveAsync()
    {
        const string Proposal = "./installer.toml";
        while (true)
        {
            var typed = await lines.AskAsync($"Save the answers as (- does not) [{Proposal}]:");
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

            if (File.Exists(path) && !await lines.ConfirmAsync($"{path} is there already. Replace it?"))
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
