using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>The screens' words for a run of an operation.</summary>
/// <param name="Noun">The run, within a sentence.</param>
/// <param name="Doing">Title while it runs.</param>
/// <param name="Done">Short title when it ended well.</param>
/// <param name="Result">What it achieved, as a sentence.</param>
internal sealed record RunWords(string Noun, string Doing, string Done, string Result)
{
    /// <summary>The words for an operation.</summary>
    /// <param name="operation">Its id.</param>
    public static RunWords Of(string operation, bool isRehearsal) =>
        (operation == Operation.Backup.Id, isRehearsal) switch
        {
            (true, false) => new("backup", "Backing up", "Backed up", "The backup is done."),
            (true, true) => Rehearsal("No backup was made."),
            (false, false) => new("installation", "Installing", "Installed", "ERPNext is installed."),
            (false, true) => Rehearsal("Nothing was installed."),
        };

    private static RunWords Rehearsal(string result) =>
        new("rehearsal", "Rehearsing", "Rehearsed", $"The rehearsal is done. {result}");
}
