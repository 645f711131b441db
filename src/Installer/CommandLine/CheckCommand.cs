using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>check</c>: checks this host.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command(
            "check",
            "Check this host; exit code 3 if a check fails and is not accepted, 4 if the provided certificate cannot "
                + "be used."
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

            return session.Fail(HostChecksFailed.For(report));
        }

        if (refused is not null)
        {
            return session.Fail(refused);
        }

        return session.End(ExitCode.Done, report.Summary);
    }

    /// <returns>The faults that would stop the installation later, although the host is fit.</returns>
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

    // On a new host there are no answers yet.
    private static Installation Open(Session session)
    {
        if (session.HasAnswers)
        {
            return session.Introduce(session.Open());
        }

        session.Events.Publish(
            new AnswerWarning(
                "no answer file: checked with the defaults; use --answers FILE for other apps, ports or sizes"
            )
        );
        return session.Introduce(session.Open(new AnswerFile()));
    }
}
