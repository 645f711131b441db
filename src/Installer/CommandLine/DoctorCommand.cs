using System.CommandLine;
using ErpInstaller.Doctor;

namespace ErpInstaller.CommandLine;

/// <summary><c>doctor</c>: looks at the running installation.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command(
            "doctor",
            "Look at the running installation, with a hint for what is wrong; exit code 7 if the site does not "
                + "answer, 4 if something else does not work."
        );
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), async session =>
                {
                    var installation = session.Introduce(session.Open(session.ReadAnswers(tellWarnings: false)));
                    var checkup = await Checkup.MakeAsync(installation, cancellation);

                    // The end of a long list is what stays on a small terminal.
                    foreach (var look in checkup.Looks.OrderBy(l => l.Verdict))
                    {
                        session.Events.Publish(look);
                    }

                    return session.End(checkup.ExitCode, $"{checkup.Summary}.");
                }));
        return command;
    }
}
