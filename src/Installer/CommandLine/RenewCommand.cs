using System.CommandLine;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>renew</c>: makes the site's certificate anew, or takes the operator's new files.</summary>
internal static class RenewCommand
{
    public static Command Create()
    {
        var command = new Command("renew", "Renew the site's certificate, without an interruption.")
        {
            ConfirmedChange.Yes,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    RunAsync(session, parsed.GetValue(ConfirmedChange.Yes), cancellation)
                )
        );
        return command;
    }

    private static async Task<ExitCode> RunAsync(Session session, bool isConfirmed, CancellationToken cancellation)
    {
        var answers = session.ReadAnswers(tellWarnings: false);
        var renewal = CertificateRenewal.Of(session.Open(answers));
        var change = ConfirmedChange.YesOrNo(session, "renew", isConfirmed, cancellation);
        if (renewal.Nothing is { } reason)
        {
            var unfinished = change.IsLastFinished ? "" : " The last run did not end; go on: erp-installer install";
            return session.End(ExitCode.Done, reason + unfinished);
        }

        change.Check(answers);
        session.Introduce(answers.Settings, session.Options.Rehearse);
        var asked = new AskedFor { ReplacedCertificate = renewal.Replaced, KeepsImage = true };
        return await change.RunAsync(() => session.Open(answers, askedFor: asked));
    }
}
