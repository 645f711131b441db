using System.CommandLine;
using ErpInstaller.Engine;
using ErpInstaller.Serving;

namespace ErpInstaller.Commands;

/// <summary><c>status</c>: what the state file knows, without asking the outside world.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Show how each step stands, as the last run left it.");
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), async session =>
        {
            Tell(session, await RunningAsync(session.Directory, cancellation));
            return ExitCode.Done;
        }));
        return command;
    }

    /// <returns>Null when no run is at work.</returns>
    private static async Task<InstallRunning?> RunningAsync(StateDirectory directory, CancellationToken cancellation)
    {
        if (await EngineConnection.TryOpenAsync(directory, cancellation) is not { } connection)
        {
            return null;
        }

        await using (connection)
        {
            await foreach (var happened in connection.EventsAsync(cancellation))
            {
                if (happened is RunStarted)
                {
                    return new InstallRunning(connection.ProcessId, happened.At);
                }
            }

            return null;
        }
    }

    private static void Tell(Session session, InstallRunning? running)
    {
        if (running is not null)
        {
            session.Events.Publish(running);
        }

        var state = new StateFile(session.Directory).Read();
        var settings = session.HasAnswers ? session.ReadAnswers().Settings : null;
        foreach (var step in InstallSteps.InOrder())
        {
            var known = state.Of(step.Id);

            // A step that a state file says to be running is interrupted: unless its process is there.
            known = running is not null && known.Status == StepStatus.Interrupted && known.Finished is null ? known with { Status = StepStatus.Running } : known;
            var stale = settings is not null && Staleness.IsChanged(step, settings, state);
            session.Events.Publish(new StepKnown(step.Id, stale ? StepStatus.Stale : known.Status, known));
        }

        session.Events.Publish(session.Result(ExitCode.Done) with { Rehearsal = state.Rehearsal || session.Options.Rehearse });
    }
}
