using System.CommandLine;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>export</c>: writes down everything that an installation would use.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var directory = UsageErrors.Argument("DIR", "Where to write; made if need be.");
        var command = new Command("export", "Write Dockerfile, scripts, nginx.conf and job files for a human to run.")
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
                                "rehearsal: commits and digests in these files are made up; an export without --rehearse looks them up"
                            )
                        );
                    }

                    return session.End(ExitCode.Done, $"{count} files written.");
                }));
        return command;
    }
}
