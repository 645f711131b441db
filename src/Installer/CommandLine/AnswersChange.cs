using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>
/// Changes one answer: shows the plan, asks, edits the answer file in place, and installs. The file stays as it is when
/// the plan finds an obstacle, or when the operator says no.
/// </summary>
internal sealed class AnswersChange(Session session, ConfirmedChange change)
{
    /// <summary>What the run does once, beside what the answers say.</summary>
    public AskedFor AskedFor { get; init; } = AskedFor.Nothing;

    /// <summary>Makes the change.</summary>
    /// <param name="before">The answer file.</param>
    /// <param name="edited">The change.</param>
    /// <exception cref="InstallerException">The change cannot be made, or nobody can confirm it.</exception>
    public async Task<ExitCode> RunAsync(SessionAnswers before, EditedAnswers edited)
    {
        if (!edited.IsChange && AskedFor.RemovedApps.Count == 0 && change.IsLastFinished)
        {
            return session.End(ExitCode.Done, $"{edited.Key} is {edited.After} already. Nothing was changed.");
        }

        change.Check(before);
        var after = session.ReadAnswers(before.Path, edited.Text);
        session.Introduce(after.Settings, session.Options.Rehearse);
        if (edited.IsChange)
        {
            session.Events.Publish(new AnswerEdited(edited.Key, edited.Before, edited.After, before.Path));
        }

        return await change.RunAsync(() => session.Open(after, askedFor: AskedFor), () => Write(edited));
    }

    // The run itself writes the answers of the state directory.
    private void Write(EditedAnswers edited)
    {
        if (edited.IsChange && session.Options.Answers is { } file)
        {
            edited.WriteTo(file);
        }
    }
}
