using System.CommandLine;
using ErpInstaller.Attach;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Lines;
using ErpInstaller.Live;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary>
/// <c>status</c>: shows the state file, without asking Docker or Nomad. <c>status --live</c>: shows how the
/// installation is now.
/// </summary>
internal static class StatusCommand
{
    /// <summary>Look at the running installation.</summary>
    public static readonly Option<bool> Live = new("--live")
    {
        Description =
            "Show how the installation is now: containers, site, certificate, queues, backup, disk. Exit code 4 if "
            + "something is down, 7 if the site does not answer.",
    };

    public static Command Create()
    {
        var command = new Command("status", "Show the state of each step after the last run.") { Live };
        command.SetAction(
            (parsed, cancellation) =>
                parsed.GetValue(Live)
                    ? LiveAsync(CommonOptions.Read(parsed), cancellation)
                    : Session.RunAsync(CommonOptions.Read(parsed), async session =>
                    {
                        Tell(session, await RunningAsync(session.Directory, cancellation));
                        return ExitCode.Done;
                    })
        );
        return command;
    }

    private static Task<int> LiveAsync(CommonOptions options, CancellationToken cancellation) =>
        Session.RunAsync(
            options,
            options.Output == OutputFormat.Prometheus ? _ => new Metrics(Console.Out, PlainLines.Errors).Show : null,
            async session =>
            {
                var installation = session.Introduce(session.Open(session.ReadAnswers(tellWarnings: false)));
                var status = await new LiveReader(installation).ReadAsync(cancellation);
                session.Events.Publish(status);
                var code = LiveReader.ExitCodeOf(status);
                return session.End(code, LiveLines.Summary(status));
            }
        );

    /// <returns>Null if no run is working.</returns>
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
        // A mistyped path is not an installation that has yet to begin.
        if (session.Options.StateDirectory is not null && !Directory.Exists(session.Directory.Path))
        {
            throw StateDirectoryUnusable.Missing(session.Directory.Path);
        }

        var state = new StateFile(session.Directory).Read();
        var isRehearsal = state.Rehearsal || session.Options.Rehearse;
        var settings = session.HasAnswers ? session.ReadAnswers(tellWarnings: false).Settings : null;
        if (settings is not null)
        {
            session.Introduce(settings, isRehearsal);
        }

        if (running is not null)
        {
            session.Events.Publish(running);
        }

        var staleness = settings is null
            ? null
            : new Staleness(settings, state, new AcceptedAnswers(session.Directory, session.Assets));
        var steps = InstallSteps.InOrder().Select(s => Known(s, state, staleness, running is not null)).ToList();
        steps.ForEach(session.Events.Publish);
        TellBackup(session);
        session.Events.Publish(
            session.Result(ExitCode.Done) with
            {
                Rehearsal = isRehearsal,
                Message = Next(session.Directory, steps, running is not null),
            }
        );
    }

    // A backup has no part in an install: the next install does not resume it.
    private static void TellBackup(Session session)
    {
        var state = new StateFile(session.Directory, Operation.BackupId).Read();
        foreach (var (id, known) in state.Steps)
        {
            session.Events.Publish(new StepKnown(id, known.Status, known));
        }
    }

    private static StepKnown Known(IStep step, InstallState state, Staleness? staleness, bool isRunning)
    {
        var known = state.Of(step.Id);

        // A step that the state file calls running was interrupted, unless its process still runs.
        known =
            isRunning && known.Status == StepStatus.Interrupted && known.Finished is null
                ? known with
                {
                    Status = StepStatus.Running,
                }
                : known;
        var isChanged = staleness?.IsChanged(step) == true;
        return new StepKnown(step.Id, isChanged ? StepStatus.Stale : known.Status, known);
    }

    // A removal keeps the answers: with them, the next install finds the data that it left.
    private static string NothingThere(StateDirectory directory) =>
        directory.HasAnswers
            ? "Nothing is installed from here now. If a removal kept the data, this serves it again: "
                + "erp-installer install"
            : $"Nothing was installed from here yet ({directory.Path})."
                + (
                    StateDirectory.OfRoot is { } path
                        ? $" Root has an installation in {path}: sudo erp-installer status"
                        : ""
                );

    private static string? Next(StateDirectory directory, IReadOnlyList<StepKnown> steps, bool isRunning)
    {
        var next = InstallSteps.FindNext(id => steps.First(s => s.Step == id).Status);
        return isRunning ? "Watch it: erp-installer attach"
            : UnfinishedOperation.Find(directory) is { } unfinished ? unfinished.Text
            : next is null ? "All steps were done by the last run. Check whether they still are: erp-installer plan"
            : steps.All(s => s.Status == StepStatus.Pending) ? NothingThere(directory)
            : $"The next install resumes at {next}.";
    }
}
