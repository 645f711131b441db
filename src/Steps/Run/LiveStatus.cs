using System.Text.Json.Serialization;

namespace ErpInstaller.Run;

/// <summary>A running installation at one moment. The folder Live reads and judges it.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Level">The worst level of its values.</param>
public sealed record LiveStatus(string Site, string Release, LiveLevel Level) : EngineEvent
{
    /// <summary>The containers, in the order of their groups.</summary>
    public required IReadOnlyList<LiveContainer> Containers { get; init; }

    /// <summary>Whether the site answers.</summary>
    public required LiveAnswer Answer { get; init; }

    /// <summary>The certificate that the site presents; null: it answers without TLS, or not at all.</summary>
    public LiveCertificate? Certificate { get; init; }

    /// <summary>The site's name in DNS.</summary>
    public required LiveName Name { get; init; }

    /// <summary>Whether jobs run by schedule.</summary>
    public required LiveScheduler Scheduler { get; init; }

    /// <summary>The queues of background jobs; empty: they cannot be read.</summary>
    public required IReadOnlyList<LiveQueue> Queues { get; init; }

    /// <summary>The workers of these queues.</summary>
    public required LiveWorkers Workers { get; init; }

    /// <summary>The last backup.</summary>
    public required LiveBackup Backup { get; init; }

    /// <summary>The file systems of the volumes.</summary>
    public required IReadOnlyList<LiveDisk> Disks { get; init; }

    /// <summary>The apps of the image, and whether the answers have changed since the last install.</summary>
    public required LiveApps Apps { get; init; }

    /// <summary>What cannot be read, and what helps; a line for each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>All its values, the containers first.</summary>
    [JsonIgnore]
    public IEnumerable<LiveValue> Values =>
        [
            .. Containers,
            Answer,
            .. Certificate is { } certificate ? [certificate] : Array.Empty<LiveValue>(),
            Name,
            Scheduler,
            .. Queues,
            Workers,
            Backup,
            .. Disks,
            Apps,
        ];

    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Site = clean(Site),
            Release = clean(Release),
            Containers = [.. Containers.Select(c => c with { Why = clean(c.Why), Hint = clean(c.Hint) })],
            Answer = Answer with { Why = clean(Answer.Why), Hint = clean(Answer.Hint), Url = clean(Answer.Url) },
            Certificate = Certificate is { } c ? c with { Why = clean(c.Why), Hint = clean(c.Hint) } : null,
            Name = Name with { Why = clean(Name.Why), Hint = clean(Name.Hint) },
            Scheduler = Scheduler with { Why = clean(Scheduler.Why), Hint = clean(Scheduler.Hint) },
            Queues = [.. Queues.Select(q => q with { Why = clean(q.Why), Hint = clean(q.Hint) })],
            Workers = Workers with { Why = clean(Workers.Why), Hint = clean(Workers.Hint) },
            Backup = Backup with
            {
                Why = clean(Backup.Why),
                Hint = clean(Backup.Hint),
                Id = Backup.Id is null ? null : clean(Backup.Id),
                By = Backup.By is null ? null : clean(Backup.By),
            },
            Disks = [.. Disks.Select(d => d with { Why = clean(d.Why), Hint = clean(d.Hint) })],
            Apps = Apps with { Why = clean(Apps.Why), Hint = clean(Apps.Hint) },
            Missing = [.. Missing.Select(clean)],
        };
}

/// <summary>How well something is. A later one is worse.</summary>
public enum LiveLevel
{
    /// <summary>As it must be.</summary>
    Well,

    /// <summary>It cannot be read now.</summary>
    Unknown,

    /// <summary>It works, and needs attention.</summary>
    Warns,

    /// <summary>It does not work.</summary>
    Down,
}

/// <summary>Something that was read, with its judgement.</summary>
/// <param name="Subject">Its name for people, for example <c>redis-queue</c> or <c>certificate</c>.</param>
public abstract record LiveValue(string Subject)
{
    /// <summary>How well it is.</summary>
    public LiveLevel Level { get; init; }

    /// <summary>The reason why it is not well, without its name; empty: it is well.</summary>
    public string Why { get; init; } = "";

    /// <summary>The command that helps; empty: there is none.</summary>
    public string Hint { get; init; } = "";
}

/// <summary>A container that must run, or a task of the init job that must have ended.</summary>
/// <param name="Job">Its job at Nomad.</param>
/// <param name="Group">Its group.</param>
/// <param name="Task">Its task, which has its group's name for most groups.</param>
public sealed record LiveContainer(string Subject, string Job, string Group, string Task) : LiveValue(Subject)
{
    /// <summary>Nomad's word (pending, running, dead), or <c>absent</c>: there is none.</summary>
    public string State { get; init; } = "absent";

    /// <summary>It is a task of the init job: it ends.</summary>
    public bool Ends { get; init; }

    /// <summary>Its allocation; null: there is none.</summary>
    public string? Allocation { get; init; }

    /// <summary>The name of its node; null: there is none.</summary>
    public string? Node { get; init; }

    /// <summary>When it last started; null: it does not run.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How often Nomad restarted it in its place.</summary>
    public int Restarts { get; init; }

    /// <summary>How often the kernel ended it for its memory, as far as Nomad remembers: the last ten events.</summary>
    public int OomKills { get; init; }

    /// <summary>The CPU that it uses, in thousandths of a core; null: not known.</summary>
    public double? CpuMillicores { get; init; }

    /// <summary>The CPU that is reserved for it. It may use more while there is some to spare.</summary>
    public double? CpuReservedMillicores { get; init; }

    /// <summary>The memory that it uses, without the cache of files, in MiB; null: not known.</summary>
    public double? MemoryMebibytes { get; init; }

    /// <summary>The memory at which the kernel ends it, in MiB.</summary>
    public double? MemoryLimitMebibytes { get; init; }
}

/// <summary>The answer to <c>/api/method/ping</c>, which needs nginx, the backend, MariaDB and redis-cache.</summary>
/// <param name="Url">The address that was asked for.</param>
public sealed record LiveAnswer(string Url) : LiveValue("site")
{
    /// <summary>The HTTP status; null: no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The time until the answer came, in seconds; null: no answer.</summary>
    public double? Seconds { get; init; }
}

/// <summary>The certificate that the site presents.</summary>
/// <param name="Expires">The end of its validity.</param>
/// <param name="DaysLeft">The days until then; negative: it has expired.</param>
public sealed record LiveCertificate(DateTimeOffset Expires, double DaysLeft) : LiveValue("certificate");

/// <summary>The site's name in DNS, as this host resolves it.</summary>
/// <param name="Addresses">Its addresses; empty: none.</param>
public sealed record LiveName(IReadOnlyList<string> Addresses) : LiveValue("DNS");

/// <summary>The scheduler.</summary>
public sealed record LiveScheduler() : LiveValue("scheduler")
{
    /// <summary>False: switched off; null: not known.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The time since the last scheduled job began, in seconds; null: not known, or none ran yet.</summary>
    public double? LastJobSeconds { get; init; }
}

/// <summary>A queue of background jobs.</summary>
/// <param name="Queue">short, default or long.</param>
/// <param name="Length">Jobs that wait.</param>
/// <param name="Running">Jobs that run.</param>
/// <param name="Failed">Jobs that failed in the last seven days.</param>
/// <param name="Abandoned">Jobs that should have ended: their worker is gone.</param>
public sealed record LiveQueue(string Queue, long Length, long Running, long Failed, long Abandoned)
    : LiveValue($"queue {Queue}")
{
    /// <summary>The age of the job that waits longest, in seconds; null: none waits.</summary>
    public double? OldestSeconds { get; init; }
}

/// <summary>The workers of the queues.</summary>
/// <param name="Wanted">How many the answers want.</param>
public sealed record LiveWorkers(int Wanted) : LiveValue("workers")
{
    /// <summary>
    /// How many were heard from in the last eight minutes; null: not known. One that was killed counts until then.
    /// </summary>
    public int? Count { get; init; }

    /// <summary>How many of them have a job now.</summary>
    public int? Busy { get; init; }
}

/// <summary>The last backup.</summary>
public sealed record LiveBackup() : LiveValue("backup")
{
    /// <summary>Its id in the repository; null: none is known.</summary>
    public string? Id { get; init; }

    /// <summary>When it was made; null: none is known.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What made it: <c>hand</c>, <c>schedule</c> or <c>safeguard</c>.</summary>
    public string? By { get; init; }

    /// <summary>Its age in seconds.</summary>
    public double? AgeSeconds { get; init; }
}

/// <summary>A file system that has volumes.</summary>
/// <param name="Of">What it holds: <c>the sites</c> or <c>the database</c>.</param>
/// <param name="FreeBytes">The free space.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record LiveDisk(string Of, long FreeBytes, long SizeBytes) : LiveValue($"disk of {Of}")
{
    /// <summary>The volume of the sites: uploaded files.</summary>
    public const string OfSites = "the sites";

    /// <summary>The volume of MariaDB: everything else.</summary>
    public const string OfDatabase = "the database";
}

/// <summary>The apps as the apps lock has them, and the answers since the last install.</summary>
/// <param name="Count">How many apps the lock has beside Frappe and ERPNext.</param>
/// <param name="Locked">When their refs were resolved; null: there is no lock.</param>
/// <param name="ChangedSteps">The steps whose answers have changed since: the next install does them again.</param>
public sealed record LiveApps(int Count, DateTimeOffset? Locked, IReadOnlyList<string> ChangedSteps)
    : LiveValue("apps");
