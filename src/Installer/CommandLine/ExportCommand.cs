using System.CommandLine;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>export</c>: writes everything that an installation would use to files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var directory = UsageErrors.Argument("DIR", "The directory to write to; created if it is missing.");
        var command = new Command("export", "Write Dockerfile, scripts, nginx.conf and job files, to run them by hand.")
        {
            directory,
        };
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), async session =>
                {
                    var count = await new Exporter(session.Introduce(session.Open())).ExportAsync(
                        parsed.GetValue(directory)!,
                        cancellation
                    );
                    if (session.Options.Rehearse)
                    {
                        session.Events.Publish(
                            new AnswerWarning(
                                "rehearsal: commits and digests in these files are invented; export without "
                                    + "--rehearse to resolve them"
                            )
                        );
                    }

                    return session.End(ExitCode.Done, $"{count} files written.");
                }));
        return command;
    }
}
