using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>
/// The <c>[backup]</c> table: the restic repository of the site's backups, and which backups stay in it.
/// </summary>
public sealed record BackupAnswers
{
    /// <summary>
    /// The repository as restic spells it: a directory of the node, <c>s3:https://…</c> or <c>rest:https://…</c>;
    /// absent: a Docker volume of the node.
    /// </summary>
    public string? Repository { get; init; }

    /// <summary>The login at the server: the access key of S3, or the user of a REST server.</summary>
    public string? User { get; init; }

    /// <summary>The secret of that login.</summary>
    public SecretSource? Secret { get; init; }

    /// <summary>
    /// A PEM file with CAs that restic trusts in addition to the public ones. Null: those that an administrator added
    /// to this host; empty: none.
    /// </summary>
    public string? CaCertificate { get; init; }

    /// <summary>The password that encrypts the repository; absent: the installer makes one.</summary>
    public SecretSource? Password { get; init; }

    /// <summary>
    /// The time of the daily backup, <c>HH:MM</c> in <see cref="TimeZone"/>; absent: none is scheduled.
    /// </summary>
    public string? Schedule { get; init; }

    /// <summary>The time zone of the schedule: a name of the time zone database.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>How many days keep their last backup.</summary>
    public int KeepDaily { get; init; } = 7;

    /// <summary>How many weeks keep their last backup.</summary>
    public int KeepWeekly { get; init; } = 4;

    /// <summary>How many months keep their last backup.</summary>
    public int KeepMonthly { get; init; } = 6;
}
