namespace ErpInstaller.Deployment.Jobs;

/// <summary>
/// A Nomad job with the attributes that our jobs use. It is the only source: its JSON is sent to Nomad; its HCL is for
/// people, and Nomad shows it. Names are Nomad's.
/// </summary>
public sealed record Job
{
    /// <summary>Also its name.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// It runs once and ends (Nomad's type <c>batch</c>). Otherwise it runs until it is stopped (<c>service</c>).
    /// </summary>
    public bool IsBatch { get; init; }

    /// <summary>
    /// When Nomad runs it, periodically until it is removed. Null: it runs when it is registered.
    /// </summary>
    public JobPeriod? Period { get; init; }

    /// <summary>Put into the query too: Nomad wants it in both places.</summary>
    public required string Namespace { get; init; }

    /// <summary>The node's.</summary>
    public required string Datacenter { get; init; }

    /// <summary>The node's.</summary>
    public required string NodePool { get; init; }

    /// <summary>Marks the job as ours. It must not change between runs: Nomad would replace every group.</summary>
    public required IReadOnlyDictionary<string, string> Meta { get; init; }

    /// <summary>Where it may run.</summary>
    public required IReadOnlyList<JobConstraint> Constraints { get; init; }

    /// <summary>Attributes of nodes over whose values each group's allocations are spread.</summary>
    public IReadOnlyList<string> Spreads { get; init; } = [];

    /// <summary>The groups; each has one container, except that of the init job.</summary>
    public required IReadOnlyList<JobGroup> Groups { get; init; }
}

/// <summary>When Nomad runs a job periodically: its <c>periodic</c> block. Two runs never overlap.</summary>
/// <param name="Cron">Minute, hour, day of the month, month, day of the week.</param>
/// <param name="TimeZone">A name of the time zone database.</param>
public sealed record JobPeriod(string Cron, string TimeZone);
