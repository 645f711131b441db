namespace ErpInstaller.Outside.Nomad;

/// <summary>An allocation, of a list or alone.</summary>
public sealed record NomadAllocation
{
    public string ID { get; init; } = "";

    /// <summary>Job, group and number, for example <c>erpnext.backend[0]</c>.</summary>
    public string Name { get; init; } = "";

    public string JobID { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string TaskGroup { get; init; } = "";

    public string NodeID { get; init; } = "";

    public string NodeName { get; init; } = "";

    public string EvalID { get; init; } = "";

    /// <summary>Empty for batch jobs; null in lists, which do not have it.</summary>
    public string? DeploymentID { get; init; }

    /// <summary>pending, running, complete, failed, lost, unknown.</summary>
    public string ClientStatus { get; init; } = "";

    /// <summary>run, stop, evict.</summary>
    public string DesiredStatus { get; init; } = "";

    /// <summary>Only in lists.</summary>
    public long JobVersion { get; init; }

    public long CreateIndex { get; init; }

    public long ModifyIndex { get; init; }

    /// <summary>Null until the deployment judged it.</summary>
    public NomadAllocationHealth? DeploymentStatus { get; init; }

    public Dictionary<string, NomadTaskState>? TaskStates { get; init; }

    /// <summary>Null in lists that were not asked for resources.</summary>
    public NomadAllocatedResources? AllocatedResources { get; init; }

    /// <summary>It neither runs nor will.</summary>
    public bool IsTerminal => DesiredStatus is "stop" or "evict" || ClientStatus is "complete" or "failed" or "lost";
}

/// <summary>What a deployment thinks of an allocation.</summary>
public sealed record NomadAllocationHealth
{
    /// <summary>Null: not judged yet.</summary>
    public bool? Healthy { get; init; }
}

/// <summary>What an allocation holds, by task: MHz, MiB.</summary>
public sealed record NomadAllocatedResources
{
    public Dictionary<string, NomadTaskResources> Tasks { get; init; } = [];
}

/// <summary>
/// What an allocation uses: <c>GET /v1/client/allocation/:id/stats</c>. All zero unless the client has
/// <c>telemetry { publish_allocation_metrics = true }</c>.
/// </summary>
public sealed record NomadAllocationUsage
{
    public Dictionary<string, NomadTaskUsage>? Tasks { get; init; }
}

/// <summary>What a task uses.</summary>
public sealed record NomadTaskUsage
{
    /// <summary>Nanoseconds since 1970; 0: the client publishes nothing.</summary>
    public long Timestamp { get; init; }

    public NomadUsage? ResourceUsage { get; init; }
}

/// <summary>CPU and memory of a task.</summary>
public sealed record NomadUsage
{
    public NomadCpuUsage? CpuStats { get; init; }

    public NomadMemoryUsage? MemoryStats { get; init; }
}

/// <summary>CPU of a task.</summary>
public sealed record NomadCpuUsage
{
    /// <summary>Percent of one core.</summary>
    public double Percent { get; init; }
}

/// <summary>Memory of a task in bytes. What the kernel does not measure is 0.</summary>
public sealed record NomadMemoryUsage
{
    public long RSS { get; init; }

    public long Cache { get; init; }

    public long Usage { get; init; }

    /// <summary>Without the cache of files. Where the kernel has cgroup v2, there is no RSS.</summary>
    public long WithoutFiles => RSS > 0 ? RSS : Math.Max(0, Usage - Cache);
}

/// <summary>What a task holds.</summary>
public sealed record NomadTaskResources
{
    public NomadCpu Cpu { get; init; } = new();

    public NomadMemory Memory { get; init; } = new();
}

/// <summary>A task of an allocation.</summary>
public sealed record NomadTaskState
{
    /// <summary>pending, running, dead.</summary>
    public string State { get; init; } = "";

    public bool Failed { get; init; }

    public int Restarts { get; init; }

    /// <summary>The start of its present or last container; null: it never started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public List<NomadTaskEvent>? Events { get; init; }
}

/// <summary>Something that happened to a task.</summary>
public sealed record NomadTaskEvent
{
    /// <summary>For example <c>Driver Failure</c>, <c>Terminated</c>, <c>Not Restarting</c> (api/tasks.go).</summary>
    public string Type { get; init; } = "";

    /// <summary>In words.</summary>
    public string DisplayMessage { get; init; } = "";

    public int ExitCode { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public long Time { get; init; }

    /// <summary>Has <c>oom_killed</c> among others.</summary>
    public Dictionary<string, string>? Details { get; init; }
}
