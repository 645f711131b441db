using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>check</c>: looks at this host and judges it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command(
            "check",
            "Look at this host; exit code 3 when a check fails that is not accepted, 4 when the provided certificate cannot serve."
        );
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session => RunAsync(session, cancellation))
        );
        return command;
    }

    private static async Task<ExitCode> RunAsync(Session session, CancellationToken cancellation)
    {
        var installation = Open(session);
        var refused = LookAhead(installation);
        var report = await HostChecksStep.CheckAsync(installation.ContextOf(new HostChecksStep()), cancellation);
        foreach (var row in report.Rows)
        {
            session.Events.Publish(new HostChecked(row.Id, row.Verdict, row.Found, row.Needed, row.Hint));
        }

        foreach (var warning in report.Warnings)
        {
            session.Events.Publish(new AnswerWarning(warning));
        }

        if (!report.Passed)
        {
            if (refused is not null)
            {
                session.Events.Publish(new AnswerWarning($"{refused.Message}. {refused.Hint}"));
            }

            return session.Fail(new HostChecksFailed(report));
        }

        if (refused is not null)
        {
            return session.Fail(refused);
        }

        return session.End(ExitCode.Done, report.Summary);
    }

    /// <returns>What the installation would run into later, though the host be as it should.</returns>
    private static InstallerException? LookAhead(Installation installation)
    {
        try
        {
            new Planner(installation).LookAhead();
            return null;
        }
        catch (InstallerException e)
        {
            return e;
        }
    }

    // Whoever looks at a host first of all has no answers yet.
    private static Installation Open(Session session)
    {
        if (session.HasAnswers)
        {
            return session.Introduce(session.Open());
        }

        session.Events.Publish(
            new AnswerWarning(
                "no answer file: this host is judged for the defaults; --answers FILE for other apps, ports or sizes"
            )
        );
        return session.Introduce(session.Open(new AnswerFile()));
    }
}
