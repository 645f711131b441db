namespace ErpInstaller.Deployment;

/// <summary>A group: it scales, restarts and is updated on its own.</summary>
public sealed record JobGroup
{
    public required string Name { get; init; }

    /// <summary>How many allocations.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Changing it runs a finished batch group again; empty else.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();

    /// <summary>Published ports of the node.</summary>
    public IReadOnlyList<JobPort> Ports { get; init; } = [];

    /// <summary>Entries in Nomad's own service catalogue, for Traefik.</summary>
    public IReadOnlyList<JobService> Services { get; init; } = [];

    /// <summary>A task that ends is started again; false: it runs once.</summary>
    public bool Restarts { get; init; } = true;

    public required IReadOnlyList<JobTask> Tasks { get; init; }
}
