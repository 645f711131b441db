namespace ErpInstaller.Deployment.Jobs;

/// <summary>A group: it scales, restarts and is updated on its own.</summary>
public sealed record JobGroup
{
    public required string Name { get; init; }

    /// <summary>The number of allocations.</summary>
    public int Count { get; init; } = 1;

    /// <summary>
    /// Allocations of a new version that start beside those of the old one; these serve until the new ones are healthy.
    /// 0: the old ones end first.
    /// </summary>
    public int Canaries { get; init; }

    /// <summary>A change of it runs a finished batch group again; otherwise empty.</summary>
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

/// <summary>A node must have this value of an attribute, or one of these.</summary>
/// <param name="Attribute">For example <c>${node.unique.id}</c>.</param>
/// <param name="Value">For <see cref="AnyOf"/> several, with commas between them.</param>
public sealed record JobConstraint(string Attribute, string Value, string Operator = JobConstraint.Is)
{
    /// <summary>The attribute has the value.</summary>
    public const string Is = "=";

    /// <summary>The attribute has one of the values.</summary>
    public const string AnyOf = "set_contains_any";
}

/// <summary>A port of the node that leads into the container.</summary>
/// <param name="Static">The node's port; null: Nomad chooses one.</param>
/// <param name="To">The container's port.</param>
public sealed record JobPort(string Label, int? Static, int To);

/// <summary>A service of the provider <c>nomad</c> (the default, consul, needs Consul).</summary>
/// <param name="Port">Label of the port.</param>
/// <param name="Tags">What Traefik reads.</param>
public sealed record JobService(string Name, string Port, IReadOnlyList<string> Tags)
{
    /// <summary>The address to register, for example <c>host</c>: the node's; null: Nomad decides.</summary>
    public string? AddressMode { get; init; }
}

/// <summary>A host volume that a group's tasks mount; it runs only on nodes that have it.</summary>
/// <param name="Name">The name by which tasks mount it.</param>
/// <param name="Source">Its name in the client's configuration.</param>
/// <param name="ReadOnly">The tasks only read it. Otherwise the group runs only on clients that allow writing to
/// it.</param>
public sealed record JobVolume(string Name, string Source, bool ReadOnly = false);
