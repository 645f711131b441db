namespace ErpInstaller.Core.Ids;

/// <summary>The ids of the looks of <c>doctor</c>, in their order. They never change.</summary>
public static class LookId
{
    public const string Nomad = "nomad";
    public const string Containers = "containers";
    public const string Restarts = "restarts";
    public const string MemoryKills = "memory-kills";
    public const string Memory = "memory";
    public const string Site = "site";
    public const string SiteClosed = "site-closed";
    public const string Dns = "dns";
    public const string CertificateServed = "certificate-served";
    public const string CertificateDays = "certificate-days";
    public const string CertificateTrust = "certificate-trust";
    public const string Scheduler = "scheduler";
    public const string Workers = "workers";
    public const string QueueAge = "queue-age";
    public const string JobsStuck = "jobs-stuck";
    public const string JobsFailed = "jobs-failed";
    public const string Mail = "mail";
    public const string Errors = "errors";
    public const string Backup = "backup";
    public const string BackupChecked = "backup-checked";
    public const string BackupSchedule = "backup-schedule";
    public const string RestoreTested = "restore-tested";
    public const string Database = "database";
    public const string DatabaseMemory = "database-memory";
    public const string DatabaseSlow = "database-slow";
    public const string Redis = "redis";
    public const string RedisEvictions = "redis-evictions";
    public const string EncryptionKey = "encryption-key";
    public const string Secrets = "secrets";
    public const string Image = "image";
    public const string Apps = "apps";
    public const string Jobs = "jobs";
    public const string Answers = "answers";
    public const string LastRun = "last-run";
    public const string DiskVolumes = "disk-volumes";
    public const string DiskHost = "disk-host";
    public const string Clock = "clock";
    public const string HostChecks = "host-checks";
    public const string Logs = "logs";
}
