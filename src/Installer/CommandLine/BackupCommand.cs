using System.CommandLine;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>backup</c>: writes a backup of the site and reads it back.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var command = new Command("backup", "Back up the site into the repository, and read the backup back.");
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session =>
                    EngineRun.RunAsync(
                        session,
                        () => session.Open(operation: Operation.Backup),
                        acceptChanges: false,
                        isDetached: false,
                        cancellation
                    )
                )
        );
        return command;
    }
}
