namespace ErpInstaller.Answers.Keys;

/// <summary>Rules for backups. The texts reach the environment of a container and the arguments of restic.</summary>
internal static partial class TextRules
{
    /// <summary>A restic repository.</summary>
    public static readonly TextRule BackupRepository = new(
        "a directory like /srv/backups, s3:https://host/bucket, or rest:https://host/path",
        Patterns.BackupRepository,
        Patterns.BackupRepositoryRegex
    )
    {
        MaxLength = 500,
        Explain = text =>
            text.Split('/').Contains("..") ? "contains .."
            : text.Contains('@', StringComparison.Ordinal) ? "contains a login: use backup.user and backup.secret"
            : null,
    };

    /// <summary>A login at its server.</summary>
    public static readonly TextRule BackupUser = new(
        "a user name or an access key without spaces and quotes",
        Patterns.BackupUser,
        Patterns.BackupUserRegex
    )
    {
        MaxLength = 140,
    };
}
