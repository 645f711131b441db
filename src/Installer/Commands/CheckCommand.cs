using System.CommandLine;
using ErpInstaller.Engine;
using ErpInstaller.HostChecks;

namespace ErpInstaller.Commands;

/// <summary><c>check</c>: looks at this host and judges it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", "Look at this host; exit code 3 when a check fails that is not accepted.");
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), session => RunAsync(session, cancellation)));
        return command;
    }

    private static async Task<ExitCode> RunAsync(Session session, CancellationToken cancellation)
    {
        var report = await HostChecksStep.CheckAsync(session.Open().ContextOf(new HostChecksStep()), cancellation);
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
            // Every row has just been told, with its hint: the error's details would say it all again.
            return session.Fail(new HostChecksFailed(report), details: []);
        }

        session.Events.Publish(session.Result(ExitCode.Done) with { Message = report.Summary });
        return ExitCode.Done;
    }
}
