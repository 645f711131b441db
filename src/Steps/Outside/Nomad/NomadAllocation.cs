namespace ErpInstaller.Outside.Nomad;

/// <summary>An allocation, of a list or alone.</summary>
public sealed record NomadAllocation
{
    public string ID { get; init; } = "";

    public string JobID { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string TaskGroup { get; init; } = "";

    public string NodeID { get; init; } = "";

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
