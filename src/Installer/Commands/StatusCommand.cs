using System.CommandLine;
using ErpInstaller.Engine;

namespace ErpInstaller.Commands;

/// <summary><c>status</c>: what the state file knows, without asking the outside world.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Show how each step stands, as the last run left it.");
        command.SetAction((parsed, _) => Session.RunAsync(CommonOptions.Read(parsed), session =>
        {
            Tell(session);
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }

    private static void Tell(Session session)
    {
        var state = new StateFile(session.Directory).Read();
        var settings = session.HasAnswers ? session.ReadAnswers().Settings : null;
        foreach (var step in InstallSteps.InOrder())
        {
            var known = state.Of(step.Id);
            var stale = settings is not null && Staleness.IsChanged(step, settings, state);
            session.Events.Publish(new StepKnown(step.Id, stale ? StepStatus.Stale : known.Status, known));
        }

        session.Events.Publish(session.Result(ExitCode.Done) with { Rehearsal = state.Rehearsal || session.Options.Rehearse });
    }
}
