using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;

namespace ErpInstaller.Backup;

/// <summary>What a script does, for its errors.</summary>
/// <param name="Noun">At the begin of a sentence.</param>
/// <param name="Again">The command that does it again.</param>
internal sealed record BackupWords(string Noun, string Again)
{
    /// <summary>A backup by hand or by the schedule.</summary>
    public static readonly BackupWords Backup = new("The backup", "erp-installer backup");
}

/// <summary>Errors of backups. The first word of each case is that of <c>backup.py</c>.</summary>
internal static class BackupErrors
{
    private const string Backup = "erp-installer backup";

    /// <summary>The script failed.</summary>
    public static BackupFailed Failed(BackupLine line, BackupWords words, AnswerFile answers)
    {
        var error = Explain(line, words, answers);
        return new BackupFailed(line.Word("error"), line.Word("message"), error);
    }

    private static InstallerException Explain(BackupLine line, BackupWords words, AnswerFile answers)
    {
        var (said, place, again) = (line.Word("message"), PlaceOf(answers), words.Again);
        return line.Word("error") switch
        {
            "repository-absent" => new(
                ErrorCode.BackupUnknown,
                $"There is no backup repository at {place}",
                $"Make the first backup: {Backup}"
            ),
            "repository-password" => new(
                ErrorCode.BackupPasswordWrong,
                $"The backup repository at {place} has another password",
                "Give its password as backup.password in the answers, or another place as backup.repository; "
                    + $"then: {again}"
            ),
            "repository-locked" => new(
                ErrorCode.BackupRepositoryLocked,
                $"The backup repository at {place} is in use: {said}",
                $"Run the same command again when the other backup has ended: {again}"
            ),
            "repository-denied" => new(
                ErrorCode.BackupRepositoryDenied,
                $"The backup repository at {place} refused access: {said}",
                IsDirectory(answers)
                    ? $"Let the user of the image write there: chown -R 1000:1000 {place}"
                    : $"Check backup.user and backup.secret in the answers, then: {again}"
            ),
            "repository-tls" => new(
                ErrorCode.BackupRepositoryUnreachable,
                $"The certificate of the backup repository's server is not trusted: {said}",
                $"If a CA of your company made it, set backup.ca_certificate in the answers, then: {again}"
            ),
            "repository-unreachable" => new(
                ErrorCode.BackupRepositoryUnreachable,
                $"The backup repository at {place} does not answer: {said}",
                $"Check backup.repository in the answers and the node's network, then: {again}"
            ),
            "disk-full" => new(
                ErrorCode.BackupRepositoryFull,
                $"There is no space left for the backup at {place} or for its dump: {said}",
                "Free space on the node (df -h), lower backup.keep_daily in the answers, or give another "
                    + $"backup.repository; then: {again}"
            ),
            "dump-encrypted" => new(
                ErrorCode.BackupDumpFailed,
                "The site encrypts its own backups, so the installer cannot check the database dump",
                "Turn off Encrypt Backups in the site's System Settings: the repository is encrypted. "
                    + $"Then: {again}"
            ),
            "dump-failed" => new(
                ErrorCode.BackupDumpFailed,
                $"The dump of the site's database failed: {said}",
                $"Check that the site works: erp-installer plan. Then: {again}"
            ),
            "backup-damaged" => new(
                ErrorCode.BackupDamaged,
                $"The backup at {place} is damaged: {said}",
                $"Make a new one: {Backup}. If it is damaged too, give another backup.repository in the answers."
            ),
            "app-not-removed" => new(
                ErrorCode.AppNotRemoved,
                $"An app could not be removed from the site: {said}",
                "Correct that in the site or in the app, then remove it again."
            ),
            "backup-missing" => new(
                ErrorCode.BackupUnknown,
                $"The backup repository at {place} has no such backup: {said}",
                "See those that it has: erp-installer backups"
            ),
            "backup-running" => new(
                ErrorCode.BackupRunning,
                "Another backup of this site is running",
                $"Run the same command again when it has ended: {again}"
            ),
            "restore-unfinished" => new(
                ErrorCode.RestoreUnfinished,
                "A restore of this site did not finish, so there is no whole site to back up",
                $"Run the restore again: erp-installer restore ID --replace {answers.Site.Name}. "
                    + "For the ids: erp-installer backups"
            ),
            "restic-missing" => new(
                ErrorCode.BackupFailed,
                "The image that serves the site has no restic",
                "Build the image on a release of this installer, or add restic to your own: erp-installer plan"
            ),
            "site-open" => new(
                ErrorCode.BackupFailed,
                $"{words.Noun} did not begin: {said}",
                "Nothing was changed. See what closed the site, and what opened it: erp-installer status"
            ),
            _ => new(ErrorCode.BackupFailed, $"{words.Noun} failed: {said}", $"Run the same command again: {again}"),
        };
    }

    /// <summary>An allocation of the backup job is still running, for another run.</summary>
    public static InstallerException Running(string allocation, BackupWords words, AnswerFile answers) =>
        new(
            ErrorCode.BackupRunning,
            $"Another backup is running (allocation {allocation[..Math.Min(8, allocation.Length)]} of the job "
                + $"{new JobIds(answers.Nomad.Job).Backup})",
            $"Run the same command again when it has ended: {words.Again}"
        );

    /// <summary>The token may not read what the container writes, so nothing is known of the backup.</summary>
    public static InstallerException LogDenied(BackupWords words, AnswerFile answers) =>
        new(
            ErrorCode.BackupFailed,
            $"{words.Noun}: Nomad denies to read its log, so its result is not known",
            $"Give nomad.token the capability read-logs in the namespace {answers.Nomad.Namespace ?? "default"}, "
                + $"then: {words.Again}"
        );

    /// <summary>What a rollback would lose is not known.</summary>
    public static InstallerException NotCounted(BackupLine line, BackupWords words, AnswerFile answers) =>
        line.Word("error") is "backup-failed" or "restore-failed" or "database-password" or "database-unreachable"
            ? new InstallerException(
                ErrorCode.RestoreFailed,
                $"What a rollback would lose cannot be counted: {line.Word("message")}",
                "Check the site: erp-installer status. Nothing was changed."
            )
            : Failed(line, words, answers);

    private static string PlaceOf(AnswerFile answers) =>
        answers.Backup.Repository ?? $"the Docker volume {answers.Nomad.Job}-backups";

    private static bool IsDirectory(AnswerFile answers) => answers.Backup.Repository?.StartsWith('/') == true;
}

/// <summary>The script of the backup job failed.</summary>
/// <param name="word">Its word for the cause.</param>
/// <param name="said">What it said about it.</param>
/// <param name="error">The error for the operator.</param>
internal sealed class BackupFailed(string word, string said, InstallerException error)
    : InstallerException(error.Code, error.Message, error.Hint)
{
    /// <summary>The script's word for the cause.</summary>
    public string Word => word;

    /// <summary>What the script said about it.</summary>
    public string Said => said;
}
