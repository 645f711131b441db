using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>Errors of an update that changes the database.</summary>
internal static class UpdateErrors
{
    private const string Again = "erp-installer install";

    /// <summary>The site could not be closed. It is open, and nothing was changed.</summary>
    public static InstallerException NotClosed(BackupFailed error, StepContext context) =>
        error.Word switch
        {
            "workers-busy" => new(
                ErrorCode.WorkersBusy,
                $"The update did not begin: within {context.Answers.Deadlines.Workers} min the workers did not finish "
                    + $"their jobs: {error.Said}",
                $"Wait for these jobs or cancel them in the site (RQ Job), or raise deadlines.workers; then: {Again}"
            ),
            "in-maintenance" => new(
                ErrorCode.SiteInMaintenance,
                $"The update did not begin: {context.Answers.Site.Name} is in maintenance mode, and the installer did "
                    + "not put it there",
                $"When that work has ended: bench --site {context.Answers.Site.Name} set-maintenance-mode off. "
                    + $"Then: {Again}"
            ),
            _ => NotBegun(error),
        };

    /// <summary>The update did not begin: an error before anything was changed.</summary>
    public static InstallerException NotBegun(InstallerException error) =>
        new(
            error.Code,
            $"The update did not begin: {error.Message}",
            $"{error.Hint} Nothing was changed. When the cause is gone: {Again}",
            error
        )
        {
            ExitCode = error.ExitCode,
            Details = error.Details,
        };

    /// <summary>There is no backup, so the database was not changed.</summary>
    public static InstallerException NotSecured(InstallerException error) =>
        new(
            error.Code,
            $"The update did not change the database, because its backup failed: {error.Message}",
            $"{error.Hint} When a backup works: {Again}. Without a backup: safeguard = \"none\" in [update]",
            error
        )
        {
            ExitCode = error.ExitCode,
            Details = error.Details,
        };

    /// <summary>The update failed, and the site is closed.</summary>
    public static InstallerException Stays(InstallerException error, StepContext context) =>
        new(
            error.Code,
            $"{error.Message} ({context.Answers.Site.Name} stays closed)",
            $"{error.Hint} Go on: {Again}. Go back instead: on_failure = \"rollback\" in [update], then {Again}",
            error
        )
        {
            ExitCode = error.ExitCode,
            Details = error.Details,
        };

    /// <summary>The update failed, and the site is what it was.</summary>
    public static InstallerException TakenBack(
        UpdateRecord record,
        TimeSpan closed,
        StepContext context,
        IReadOnlyList<string> details
    ) =>
        new(
            ErrorCode.UpdateTakenBack,
            $"The update failed, and {context.Answers.Site.Name} went back to what it was: {record.Failure} "
                + FormattableString.Invariant($"(closed for {closed.TotalSeconds:0} s)"),
            $"{record.FailureHint} When the cause is gone, try again from the start: {Again}"
        )
        {
            Details = details,
        };

    /// <summary>The way back failed.</summary>
    public static InstallerException Stuck(UpdateRecord record, InstallerException error, StepContext context) =>
        new(
            ErrorCode.UpdateStuck,
            $"The update failed ({record.Failure}), and going back failed too: {error.Message}. "
                + $"{context.Answers.Site.Name} stays closed; its data are in the backup {record.Snapshot}",
            $"{error.Hint} Then go on with the way back: {Again}",
            error
        )
        {
            Details = error.Details,
        };
}
