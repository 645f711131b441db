using System.CommandLine;
using System.Globalization;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>backups</c>: lists the backups in the repository.</summary>
internal static class BackupsCommand
{
    public static Command Create()
    {
        var command = new Command("backups", "List the backups in the repository.");
        command.SetAction((parsed, cancellation) => Session.RunAsync(CommonOptions.Read(parsed), async session =>
                {
                    var installation = session.Introduce(session.Open(operation: Operation.Backup));
                    var found = await new BackupList(installation).ReadAsync(cancellation);
                    foreach (var backup in found.Backups)
                    {
                        session.Events.Publish(backup);
                    }

                    if (found.Fault is { } fault)
                    {
                        session.Events.Publish(new Log(StepId.Schedule, LogLevel.Warning, fault));
                    }

                    return session.End(ExitCode.Done, Summary(found.Backups.Count, found.Total));
                }));
        return command;
    }

    private static string Summary(int listed, long total)
    {
        if (listed == 0)
        {
            return "There are no backups yet. Make one: erp-installer backup";
        }

        var rest =
            listed < total
                ? string.Create(CultureInfo.InvariantCulture, $"; {total - listed} older ones are left out")
                : "";
        return total == 1
            ? "1 backup."
            : string.Create(CultureInfo.InvariantCulture, $"{listed} backups, oldest first{rest}.");
    }
}
