using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>What closes the site, for its errors.</summary>
/// <param name="Noun">At the begin of a sentence.</param>
/// <param name="Again">The command that tries again.</param>
internal sealed record UpdateWords(string Noun, string Again)
{
    /// <summary>An update.</summary>
    public static readonly UpdateWords Update = new("The update", "erp-installer install");

    /// <summary>A rollback.</summary>
    public static readonly UpdateWords Rollback = new("The rollback", "erp-installer rollback");

    /// <summary>An update that may take an app out of the site.</summary>
    public static UpdateWords Of(UpdateRecord record) =>
        record.Removing is [var app, ..] ? new("The removal", $"erp-installer apps remove {app}") : Update;
}

/// <summary>Errors of an update that changes the database, and of a rollback.</summary>
internal static class UpdateErrors
{
    private const string Again = "erp-installer install";

    private static string Ended(string hint) => hint.Length == 0 || hint.EndsWith('.') ? hint : hint + ".";

    /// <summary>The site could not be closed. It is open, and nothing was changed.</summary>
    public static InstallerException NotClosed(BackupFailed error, UpdateWords words, StepContext context) =>
        error.Word switch
        {
            "workers-busy" => new(
                ErrorCode.WorkersBusy,
                $"{words.Noun} did not begin: within {context.Answers.Deadlines.Workers} min the workers did not "
                    + $"finish their jobs: {error.Said}",
                "Wait for these jobs or cancel them in the site (RQ Job), or raise deadlines.workers; then: "
                    + words.Again
            ),
            "in-maintenance" => new(
                ErrorCode.SiteInMaintenance,
                $"{words.Noun} did not begin: {context.Answers.Site.Name} is in maintenance mode, and the installer "
                    + "did not put it there",
                "When that work has ended: erp-installer bench -- set-maintenance-mode off. Then: " + words.Again
            ),
            _ => NotBegun(error, words),
        };

    /// <summary>The update did not begin: an error before anything was changed.</summary>
    public static InstallerException NotBegun(InstallerException error, UpdateWords words) =>
        new(
            error.Code,
            $"{words.Noun} did not begin: {error.Message}",
            $"{Ended(error.Hint)} Nothing was changed. When the cause is gone: {words.Again}",
            error
        )
        {
            ExitCode = error.ExitCode,
            Details = error.Details,
        };

    /// <summary>There is no backup, so the database was not changed.</summary>
    public static InstallerException NotSecured(InstallerException error, UpdateWords words) =>
        new(
            error.Code,
            $"{words.Noun} did not change the database, because its backup failed: {error.Message}",
            $"{Ended(error.Hint)} When a backup works: {words.Again}"
                + (words == UpdateWords.Update ? ". Without a backup: safeguard = \"none\" in [update]" : ""),
            error
        )
        {
            ExitCode = error.ExitCode,
            Details = error.Details,
        };

    /// <summary>Apps were not removed, because no backup of the site as it was can be made.</summary>
    public static InstallerException NotRemoved(IEnumerable<string> apps) =>
        new(
            ErrorCode.AppNotRemoved,
            $"{string.Join(", ", apps)}: not removed, because an earlier change of the database did not finish",
            $"Put it back into apps.install, then finish that: {Again}. Then remove it again."
        );

    /// <summary>The site does not have an app that is to be removed.</summary>
    /// <param name="found">The apps that it has.</param>
    public static InstallerException NotInSite(string app, IEnumerable<string> found, StepContext context) =>
        new(
            ErrorCode.AppsUnusable,
            $"{context.Answers.Site.Name} does not have the app {app}",
            $"Nothing was changed. It has: {string.Join(", ", found)}"
        );

    /// <summary>The site has an app that the answers do not name.</summary>
    public static InstallerException Unnamed(string app, StepContext context) =>
        new(
            ErrorCode.AppNotRemoved,
            $"{context.Answers.Site.Name} also has the app {app}, which the answers do not name",
            $"Put it back into apps.install, or remove it first: erp-installer apps remove {app}"
        );

    /// <summary>The update failed, and the site is closed.</summary>
    public static InstallerException Stays(InstallerException error, UpdateRecord record, StepContext context) =>
        new(
            error.Code,
            $"{error.Message} ({context.Answers.Site.Name} stays closed)",
            $"{Ended(error.Hint)} Go on: {Again}"
                + (
                    record.CanGoBack ? ". Go back instead: erp-installer rollback"
                    : record.Snapshot is { } backup ? $". Backup {backup} has the data as they were."
                    : ""
                ),
            error
        )
        {
            ExitCode = error.ExitCode,
            Details = error.Details,
        };

    /// <summary>No update can be rolled back.</summary>
    public static InstallerException NothingToGoBackFrom(UpdateRecord record, StepContext context) =>
        record.IsOpen
            ? new(
                ErrorCode.NothingToRollBack,
                $"An update of {context.Answers.Site.Name} did not end, and there is nothing to go back to: "
                    + (record.Snapshot is { } backup ? $"only the data, in backup {backup}" : "it has no backup"),
                $"Finish it: {Again}"
            )
            : new(
                ErrorCode.NothingToRollBack,
                $"There is no update of {context.Answers.Site.Name} to go back from: "
                    + (record.RolledBack is null ? "none changed the database" : "the last one was rolled back"),
                "To bring back data only: erp-installer backups, then erp-installer restore ID"
            );

    /// <summary>A rollback ended, as a sentence.</summary>
    public static string RolledBack(UpdateRecord record, TimeSpan closed, StepContext context) =>
        FormattableString.Invariant(
            $"{context.Answers.Site.Name} went back to {record.Image} and the backup {record.Snapshot} "
        ) + FormattableString.Invariant($"(closed for {closed.TotalSeconds:0} s)");

    /// <summary>The update failed, and the site is what it was.</summary>
    public static InstallerException TakenBack(
        UpdateRecord record,
        TimeSpan closed,
        StepContext context,
        IReadOnlyList<string> details
    ) =>
        new(
            ErrorCode.UpdateTakenBack,
            record.IsAskedFor
                ? RolledBack(record, closed, context)
                : $"The update failed, and {context.Answers.Site.Name} went back to what it was: {record.Failure} "
                    + FormattableString.Invariant($"(closed for {closed.TotalSeconds:0} s)"),
            record.IsAskedFor
                ? $"The answers still name the newer image: {Again} updates again"
                : AgainAfter(record.FailureHint ?? "")
        )
        {
            Details = details,
        };

    // Most hints of a failed job end with that command already.
    private static string AgainAfter(string hint) =>
        hint.Contains(Again, StringComparison.Ordinal)
            ? hint
            : $"{Ended(hint)} When the cause is gone, try again from the start: {Again}";

    /// <summary>The way back failed.</summary>
    public static InstallerException Stuck(UpdateRecord record, InstallerException error, StepContext context) =>
        new(
            ErrorCode.UpdateStuck,
            (
                record.IsAskedFor
                    ? "Going back failed"
                    : $"The update failed ({record.Failure}), and going back failed too"
            )
                + $": {error.Message}. "
                + $"{context.Answers.Site.Name} stays closed; its data are in the backup {record.Snapshot}",
            Ended(error.Hint)
                + $" Then go on with the way back: {(record.IsAskedFor ? "erp-installer rollback" : Again)}",
            error
        )
        {
            Details = error.Details,
        };
}
