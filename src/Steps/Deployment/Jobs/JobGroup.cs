namespace ErpInstaller.Deployment.Jobs;

/// <summary>A group: it scales, restarts and is updated on its own.</summary>
public sealed record JobGroup
{
    public required string Name { get; init; }

    /// <summary>How many allocations.</summary>
    public int Count { get; init; } = 1;

    /// <summary>
    /// Allocations of a new version that start beside those of the old one; these serve until the new ones are healthy.
    /// 0: the old ones end first.
    /// </summary>
    public int Canaries { get; init; }

    /// <summary>Changing it runs a finished batch group again; empty else.</summary>
    public IReadOnlyDictionary<string, string> Meta { get; init; } = new Dictionary<string, string>();

    /// <summary>Published ports of the node.</summary>
    public IReadOnlyList<JobPort> Ports { get; init; } = [];

    /// <summary>Where it may run, of the job's nodes.</summary>
    public IReadOnlyList<JobConstraint> Constraints { get; init; } = [];

    /// <summary>Host volumes that its tasks mount.</summary>
    public IReadOnlyList<JobVolume> Volumes { get; init; } = [];

    /// <summary>Entries in Nomad's own service catalogue, for Traefik and for the other groups of a cluster.</summary>
    public IReadOnlyList<JobService> Services { get; init; } = [];

    /// <summary>A task that ends is started again; false: it runs once.</summary>
    public bool Restarts { get; init; } = true;

    public required IReadOnlyList<JobTask> Tasks { get; init; }

    /// <summary>The same with each task changed.</summary>
    public JobGroup WithTasks(Func<JobTask, JobTask> change) => this with { Tasks = [.. Tasks.Select(change)] };
}
