using System.Text.Json;
using System.Text.Json.Serialization;
using ErpInstaller.Live;
using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>What was read of a running installation. The looks judge it and read nothing themselves.</summary>
internal sealed record DoctorFacts
{
    /// <summary>When it was read.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The containers, the site, the queues, the last backup.</summary>
    public required LiveStatus Live { get; init; }

    /// <summary>MariaDB, Redis, errors, mail and apps, from inside a container.</summary>
    public InsideFacts Inside { get; init; } = new();

    /// <summary>What Nomad keeps.</summary>
    public NomadFacts Nomad { get; init; } = new();

    /// <summary>The host checks.</summary>
    public HostLooks Host { get; init; } = new();

    /// <summary>What an install would do.</summary>
    public DriftFacts Drift { get; init; } = new();

    /// <summary>What the state directory tells of earlier runs.</summary>
    public RunFacts Runs { get; init; } = new();

    /// <summary>The certificate that the site presents.</summary>
    public ServedFacts? Served { get; init; }
}

/// <summary>What <c>doctor</c> reads of a site from inside. A part that could not be read is null.</summary>
internal sealed record InsideFacts : InsideParts
{
    /// <summary>Its parts, as the script names them.</summary>
    public static readonly string[] Parts =
    [
        "switches",
        "database",
        "stores",
        "error_log",
        "mail",
        "passwords",
        "installed",
        "apps",
        "logs",
    ];

    public bool? Maintenance { get; init; }

    public bool? HasEncryptionKey { get; init; }

    public DatabaseFacts? Database { get; init; }

    public IReadOnlyList<StoreFacts>? Stores { get; init; }

    public long? ErrorCount { get; init; }

    public IReadOnlyList<ErrorKind> ErrorKinds { get; init; } = [];

    /// <summary>Mails that wait for more than an hour.</summary>
    public long? MailWaiting { get; init; }

    /// <summary>Mails that were given up in the last 24 hours.</summary>
    public long? MailFailed { get; init; }

    public long? StoredPasswords { get; init; }

    public Dictionary<string, string>? DatabaseApps { get; init; }

    public Dictionary<string, string>? ImageApps { get; init; }

    public long? LogBytes { get; init; }

    /// <summary>Why a part is missing.</summary>
    public string WhyNot(string part) =>
        Fault ?? Errors.GetValueOrDefault(part) ?? Errors.GetValueOrDefault("configuration") ?? "it was not read";
}

internal sealed record DatabaseFacts
{
    public long Connections { get; init; }

    /// <summary>The most at one time since MariaDB started.</summary>
    public long MostConnections { get; init; }

    public long MaxConnections { get; init; }

    public long SlowQueries { get; init; }

    public long UptimeSeconds { get; init; }

    public long PoolBytes { get; init; }

    /// <summary>Pages that were not in the buffer pool.</summary>
    public long PoolReads { get; init; }

    public long PoolRequests { get; init; }

    public long DataBytes { get; init; }

    /// <summary>The time of the query that runs longest now.</summary>
    public long LongestSeconds { get; init; }
}

/// <param name="MaxBytes">0: no limit.</param>
/// <param name="Evicted">Keys that were removed for room since Redis started.</param>
internal sealed record StoreFacts(string Name, long UsedBytes, long MaxBytes, string Policy, long Evicted);

internal sealed record ErrorKind(string Kind, long Count);

internal sealed record NomadFacts
{
    /// <summary>Why it could not be read; null: it was.</summary>
    public string? Fault { get; init; }

    /// <summary>Items of Variables that are missing.</summary>
    public IReadOnlyList<string> MissingSecrets { get; init; } = [];

    /// <summary>The job of the scheduled backups is registered; null: not known.</summary>
    public bool? HasSchedule { get; init; }

    /// <summary>What is wrong with the scheduled backups; null: nothing is known.</summary>
    public string? ScheduleFault { get; init; }
}

internal sealed record HostLooks
{
    public string? Fault { get; init; }

    public IReadOnlyList<HostRow> Rows { get; init; } = [];
}

internal sealed record HostRow(string Id, string Verdict, string Found, string Needed);

internal sealed record DriftFacts
{
    /// <summary>Why the plan could not be made to its end.</summary>
    public string? Fault { get; init; }

    public IReadOnlyList<DriftStep> Steps { get; init; } = [];
}

/// <param name="InPlace">A run would do nothing.</param>
internal sealed record DriftStep(string Step, bool InPlace, string Summary, IReadOnlyList<string> Changes);

internal sealed record RunFacts
{
    /// <summary>The step of the last install that failed or was interrupted; null: none.</summary>
    public string? Failed { get; init; }

    public string? FailedWith { get; init; }

    /// <summary>What happened to the last run of another operation that did not end well; null: none.</summary>
    public string? Unfinished { get; init; }

    /// <summary>The command that continues it.</summary>
    public string? ContinuedBy { get; init; }

    /// <summary>When a backup was last read back.</summary>
    public DateTimeOffset? BackupChecked { get; init; }

    /// <summary>When a backup was last restored from here.</summary>
    public DateTimeOffset? Restored { get; init; }

    /// <summary>The size of the logs in the state directory.</summary>
    public long LogBytes { get; init; }
}

/// <param name="Fingerprint">SHA-256 of the leaf that the site presents.</param>
/// <param name="Given">That of the certificate step; null: none, or Traefik has it.</param>
/// <param name="Trusted">This system trusts the chain for this name.</param>
/// <param name="SelfSigned">The answers want a certificate that no system trusts.</param>
internal sealed record ServedFacts(string? Fingerprint, string? Given, bool Trusted, bool SelfSigned);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(DoctorFacts))]
[JsonSerializable(typeof(InsideFacts))]
internal sealed partial class DoctorJson : JsonSerializerContext;
