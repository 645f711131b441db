namespace ErpInstaller.Run;

/// <summary>
/// What a run does. Every operation is a list of steps on the same engine, with a state file of its own.
/// </summary>
public sealed record Operation
{
    private Operation(string id, string hint) => (Id, Hint) = (id, hint);

    /// <summary>Makes the site what the answers say. Its state lasts: each run continues the last one.</summary>
    public static readonly Operation Install = new(
        "install",
        "erp-installer status shows the steps; erp-installer plan checks whether they are still in place"
    );

    /// <summary>
    /// Writes one backup and reads it back. Each run makes a new one, unless the last was interrupted.
    /// </summary>
    public static readonly Operation Backup = new("backup", "erp-installer backups lists all backups");

    /// <summary>Its name: a command of this program, the name of its state file, a word in events.</summary>
    public string Id { get; }

    /// <summary>Shown after it ended well.</summary>
    public string Hint { get; }

    /// <summary>It continues its last run whatever became of it, and keeps the answers as the accepted ones.</summary>
    internal bool IsInstall => this == Install;
}
