using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Where the secrets are. A task can read the Variables below its own job's path without a policy.</summary>
internal static class VariablePaths
{
    /// <summary>Item: MariaDB's root password.</summary>
    public const string RootPassword = "db_root_password";

    /// <summary>
    /// Item: root's earlier passwords, the newest first, one per line. The database has one of them until it gets the
    /// new one.
    /// </summary>
    public const string RootPasswordBefore = "db_root_password_before";

    /// <summary>Item: password of the site's user Administrator.</summary>
    public const string AdminPassword = "admin_password";

    /// <summary>Item: the site's password at its mail server.</summary>
    public const string MailPassword = "mail_password";

    /// <summary>
    /// Item: a number that rises with each new password at the mail server. The init job's specification has it.
    /// </summary>
    public const string MailPasswordVersion = "mail_password_version";

    /// <summary>Item: the certificate chain, PEM.</summary>
    public const string Certificate = "certificate";

    /// <summary>Item: its key, PEM.</summary>
    public const string Key = "key";

    /// <summary>Item: the password of the three Redis, in a cluster.</summary>
    public const string RedisPassword = "redis_password";

    /// <summary>Item: the password that encrypts the backup repository.</summary>
    public const string RepositoryPassword = "repository_password";

    /// <summary>Item: the secret of the login at the backup repository's server.</summary>
    public const string RepositorySecret = "repository_secret";

    /// <summary>Read by every group of the data job.</summary>
    public static string Data(string job) => Of(new JobIds(job).Data);

    /// <summary>Read by one task.</summary>
    /// <param name="job">Id of its own job.</param>
    public static string Task(string job, string group, string task) => $"{Of(job)}/{group}/{task}";

    /// <summary>Item beside a password: when it was rotated last.</summary>
    public static string Rotated(string password) => $"{password}_rotated";

    /// <summary>Item beside a password: the rotation that the site and the database have taken.</summary>
    public static string Taken(string password) => $"{password}_taken";

    /// <summary>Read by the database's group.</summary>
    public static string Database(string job) => $"{Data(job)}/{ContainerGroups.Database.Group}";

    /// <summary>Read by the init job's tasks.</summary>
    public static string Init(string job) => Of(new JobIds(job).Init);

    /// <summary>Read by the backup job.</summary>
    public static string Backup(string job) => Of(new JobIds(job).Backup);

    /// <summary>Read by the job of the scheduled backups.</summary>
    public static string Schedule(string job) => Of(new JobIds(job).Schedule);

    /// <summary>Read by the verify job; exists in a cluster only.</summary>
    public static string Verify(string job) => Of(new JobIds(job).Verify);

    /// <summary>
    /// Read by every group of the application job: the certificate that they must trust; in a cluster Redis's password.
    /// </summary>
    public static string Application(string job) => Of(job);

    /// <summary>Read by the frontend's group.</summary>
    public static string Frontend(string job) => $"{Application(job)}/{ContainerGroups.Frontend.Group}";

    /// <summary>Read by every task of a job.</summary>
    /// <param name="id">The job's id.</param>
    public static string Of(string id) => $"nomad/jobs/{id}";
}
