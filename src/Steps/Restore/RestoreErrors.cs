using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>Errors of a restore. The first word of each case is that of <c>restore.py</c>.</summary>
internal static class RestoreErrors
{
    private const string List = "erp-installer backups";

    /// <summary>
    /// The script failed. A <see cref="BackupFailed"/> says that no site is half replaced.
    /// </summary>
    public static InstallerException Failed(
        BackupLine line,
        RestoreRequest request,
        BackupWords words,
        AnswerFile answers
    )
    {
        var said = line.Word("message");
        var cause = Explain(line, said, request, words, answers);
        if (line.Is("restoring"))
        {
            return new(
                ErrorCode.RestoreUnfinished,
                $"The restore of {request} did not finish, and the site shows its maintenance page: {said}",
                cause.Code == ErrorCode.RestoreSourceUnfit
                    ? $"Restore another backup: {List}. Or: {cause.Hint}"
                    : $"Run the same command again: {words.Again}"
            );
        }

        return new BackupFailed(line.Word("error"), said, cause);
    }

    /// <summary>Nothing is known of the script since it began to replace the site.</summary>
    public static InstallerException NotKnown(InstallerException error, RestoreRequest request, AnswerFile answers) =>
        new(
            ErrorCode.RestoreUnfinished,
            $"Whether {request} replaced the site is not known, so the application stays stopped: {error.Message}",
            $"{error.Hint.TrimEnd('.')}. Then run the same command again: {request.CommandFor(answers.Site.Name)}",
            error
        )
        {
            Details = error.Details,
        };

    private static InstallerException Explain(
        BackupLine line,
        string said,
        RestoreRequest request,
        BackupWords words,
        AnswerFile answers
    ) =>
        line.Word("error") switch
        {
            "app-missing" => Unfit(
                $"{request} has apps that the answers do not have: {said}",
                "Add them to apps.install in the answers, then: erp-installer install. Then restore again."
            ),
            "backup-newer" => Unfit(
                $"{request} was made with newer versions than the image has: {said}",
                "Choose a release and refs that are at least as new, then: erp-installer install. Then restore again."
            ),
            "dump-encrypted" or "files-encrypted" => Unfit(
                $"{said}: {request} cannot be read without its key",
                "Decrypt it with the backup_encryption_key of its site: gpg --decrypt FILE. Then restore again."
            ),
            "dump-partial" or "not-a-dump" => Unfit(
                $"{request} is not a dump of a whole site: {said}",
                "Make a backup of the whole site there, with: bench --site SITE backup --with-files"
            ),
            "files-swapped" => Unfit(said, "Give each archive to its own option: --public and --private."),
            "file-missing" => Unfit(
                said,
                "The files must be on the node, in a directory that the user 1000 can read: chmod o+rx DIRECTORY"
            ),
            "file-wrong" or "files-damaged" => Unfit(said, "Copy the file again, and compare both with sha256sum."),
            "backup-damaged" when request.Files is not null => Unfit(
                said,
                "Copy the file again, and compare both with sha256sum."
            ),
            "dump-refused" => Unfit(
                $"MariaDB refuses the dump of {request}: {said}",
                "It needs another version of MariaDB, or was changed. The site is as it was."
            ),
            "restore-differs" => new(
                ErrorCode.RestoreFailed,
                $"The database that was loaded differs from the dump: {said}",
                $"The site is as it was. Try another backup: {List}"
            ),
            "disk-full" => new(
                ErrorCode.RestoreNoSpace,
                $"The restore needs more space than there is: {said}",
                "The new data are loaded beside the old ones. Free space on the node (df -h), then restore again."
            ),
            "database-password" or "database-unreachable" or "client-missing" => new(
                ErrorCode.RestoreFailed,
                $"The database cannot be used: {said}",
                "Check it: erp-installer status. The site is as it was."
            ),
            "restore-failed" => new(
                ErrorCode.RestoreFailed,
                $"The restore of {request} failed: {said}",
                $"The site is as it was. Run the same command again: {words.Again}"
            ),
            _ => BackupErrors.Failed(line, words, answers),
        };

    /// <summary>The apps or the image are not as the answers say, so the restored site could not be served.</summary>
    public static InstallerException NotInPlace(string step, string reason) =>
        new(
            ErrorCode.NotInstalled,
            $"{step}: the installation is not as the answers say: {reason}",
            "Put it in place first: erp-installer install"
        );

    private static InstallerException Unfit(string message, string hint) =>
        new(ErrorCode.RestoreSourceUnfit, message, hint);
}
