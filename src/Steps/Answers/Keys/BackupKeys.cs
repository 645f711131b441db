using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.BackupAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[backup]</c>.</summary>
internal static class BackupKeys
{
    private static readonly (int, int) Count = (0, 1000);

    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "backup",
            "The repository of the site's backups, and which backups stay in it.",
            a => a.Backup,
            (a, v) => a with { Backup = v },
            [
                Text(
                    "repository",
                    "restic repository: a directory of the node, s3:https://… or rest:https://…. "
                        + "Absent: a Docker volume.",
                    TextRules.BackupRepository,
                    b => b.Repository,
                    (b, v) => b with { Repository = v }
                ) with
                {
                    Label = "Backup repository",
                    WhenAbsent = "a Docker volume of the node",
                },
                Text(
                    "user",
                    "Login at the repository's server: the access key of S3, or the user of a REST server.",
                    TextRules.BackupUser,
                    b => b.User,
                    (b, v) => b with { User = v }
                ) with
                {
                    Label = "Backup login",
                    Applies = IsRemote,
                },
                Secret(
                    "secret",
                    "Secret of that login.",
                    TextRules.AnySecret,
                    "BACKUP_SECRET",
                    b => b.Secret,
                    (b, v) => b with { Secret = v }
                ) with
                {
                    Label = "Backup login's secret",
                    Applies = a => IsRemote(a) && a.Backup.User is not null,
                },
                Text(
                    "ca_certificate",
                    "PEM file with CAs that the repository's server may have its certificate from. Absent: those that "
                        + "were added to this host; empty: none.",
                    TextRules.AbsolutePath,
                    b => b.CaCertificate,
                    (b, v) => b with { CaCertificate = v }
                ) with
                {
                    Label = "Repository's CA",
                    MayBeEmpty = true,
                    Applies = IsRemote,
                },
                Secret(
                    "password",
                    "Password that encrypts the repository. Absent: the installer makes one and keeps it at Nomad.",
                    TextRules.AnySecret,
                    "BACKUP_PASSWORD",
                    b => b.Password,
                    (b, v) => b with { Password = v }
                ) with
                {
                    Label = "Repository password",
                    WhenAbsent = "made by the installer",
                },
                Text(
                    "schedule",
                    "Time of the daily backup: HH:MM. Absent: backups are made by hand only.",
                    TextRules.BackupTime,
                    b => b.Schedule,
                    (b, v) => b with { Schedule = v }
                ) with
                {
                    Label = "Daily backup at",
                    WhenAbsent = "no schedule",
                },
                Text(
                    "time_zone",
                    "Time zone of the schedule, for example Europe/Berlin.",
                    TextRules.TimeZone,
                    b => b.TimeZone,
                    (b, v) => b with { TimeZone = v ?? "UTC" }
                ) with
                {
                    Label = "Time zone",
                    Applies = a => a.Backup.Schedule is not null,
                },
                Number(
                    "keep_daily",
                    "How many days keep their last backup. All backups of the last two days stay.",
                    Count,
                    b => b.KeepDaily,
                    (b, v) => b with { KeepDaily = v }
                ),
                Number(
                    "keep_weekly",
                    "How many weeks keep their last backup.",
                    Count,
                    b => b.KeepWeekly,
                    (b, v) => b with { KeepWeekly = v }
                ),
                Number(
                    "keep_monthly",
                    "How many months keep their last backup.",
                    Count,
                    b => b.KeepMonthly,
                    (b, v) => b with { KeepMonthly = v }
                ),
            ]
        );

    private static bool IsRemote(AnswerFile answers) => answers.Backup.Repository?.StartsWith('/') == false;
}
