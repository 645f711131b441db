using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The screens' words for a run of an operation.</summary>
/// <param name="Noun">The run, within a sentence.</param>
/// <param name="Doing">Title while it runs.</param>
/// <param name="Done">Short title when it ended well.</param>
/// <param name="Result">What it achieved, as a sentence.</param>
internal sealed record RunWords(string Noun, string Doing, string Done, string Result)
{
    private static readonly RunWords Install = new("installation", "Installing", "Installed", "ERPNext is installed.");
    private static readonly RunWords Backup = new("backup", "Backing up", "Backed up", "The backup is done.");
    private static readonly RunWords Restore = new("restore", "Restoring", "Restored", "The site is restored.");
    private static readonly RunWords Rollback = new("rollback", "Going back", "Went back", "The site is as before.");

    private static readonly RunWords Remove = new("removal", "Removing", "Removed", "The installation is removed.");

    /// <summary>The words for an operation.</summary>
    /// <param name="operation">Its id.</param>
    public static RunWords Of(string operation, bool isRehearsal)
    {
        var (words, unchanged) = operation switch
        {
            Operation.BackupId => (Backup, "No backup was made."),
            Operation.RestoreId => (Restore, "Nothing was replaced."),
            Operation.RollbackId => (Rollback, "Nothing was replaced."),
            Operation.RemoveId => (Remove, "Nothing was removed."),
            _ => (Install, "Nothing was installed."),
        };
        return isRehearsal
            ? new RunWords("rehearsal", "Rehearsing", "Rehearsed", $"The rehearsal is done. {unchanged}")
            : words;
    }
}
