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

    /// <summary>A time of the day.</summary>
    public static readonly TextRule BackupTime = new("a time like 03:30", Patterns.TimeOfDay, Patterns.TimeOfDayRegex);

    /// <summary>A time zone, which Nomad's server must know.</summary>
    public static readonly TextRule TimeZone = new(
        "a time zone like Europe/Berlin or UTC",
        Patterns.TimeZone,
        Patterns.TimeZoneRegex
    )
    {
        MaxLength = 60,
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
