namespace ErpInstaller.Core.Ids;

/// <summary>The ids of the steps in <c>state.toml</c>, events and the command line. They never change.</summary>
public static class StepId
{
    public const string HostChecks = "host-checks";
    public const string Apps = "apps";
    public const string Certificate = "certificate";
    public const string Image = "image";
    public const string Deployment = "deployment";
    public const string Verification = "verification";
    public const string Schedule = "schedule";
    public const string Backup = "backup";
    public const string BackupCheck = "backup-check";

    public const string RestoreSource = "restore-source";
    public const string RestoreSafeguard = "restore-safeguard";
    public const string Restore = "restore";

    public const string RollbackSource = "rollback-source";
    public const string RollbackSafeguard = "rollback-safeguard";
    public const string Rollback = "rollback";
    public const string RemoveJobs = "remove-jobs";
    public const string RemoveRest = "remove-rest";

    /// <summary>Whether the step changes nothing: then every run repeats it.</summary>
    public static bool OnlyLooks(string step) => step is HostChecks or Verification or BackupCheck;
}
