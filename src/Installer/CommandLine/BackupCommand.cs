using System.CommandLine;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>backup</c>: writes a backup of the site and reads it back.</summary>
internal static class BackupCommand
{
    public static Command Create() =>
        EngineRun.CommandOf(
            Operation.Backup,
            "Back up the site into the repository, and read the backup back.",
            acceptChanges: _ => false
        );
}
