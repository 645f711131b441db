namespace ErpInstaller.Outside.Nomad;

/// <summary>What registering a job would do: <c>PUT /v1/job/:id/plan</c> with <c>Diff</c>.</summary>
public sealed record NomadPlan
{
    public NomadPlanAnnotations? Annotations { get; init; }

    public NomadJobDiff? Diff { get; init; }

    public Dictionary<string, NomadPlacementFailure>? FailedTGAllocs { get; init; }

    /// <summary>To register with, so that what was shown is what happens.</summary>
    public long JobModifyIndex { get; init; }

    public string? Warnings { get; init; }
}

/// <summary>The scheduler's part of a plan.</summary>
public sealed record NomadPlanAnnotations
{
    /// <summary>Group → what becomes of its allocations.</summary>
    public Dictionary<string, NomadDesiredUpdates>? DesiredTGUpdates { get; init; }
}

/// <summary>Counts of allocations by what becomes of them.</summary>
public sealed record NomadDesiredUpdates
{
    public int Ignore { get; init; }

    public int Place { get; init; }

    public int Stop { get; init; }

    public int Migrate { get; init; }

    public int InPlaceUpdate { get; init; }

    public int DestructiveUpdate { get; init; }

    /// <summary>Those that start beside the ones that they replace; while they do, these count as ignored.</summary>
    public int Canary { get; init; }
}

/// <summary>Why a group found no node.</summary>
public sealed record NomadPlacementFailure
{
    /// <summary>Nodes in reach by datacenter.</summary>
    public Dictionary<string, int>? NodesAvailable { get; init; }

    public int NodesEvaluated { get; init; }

    /// <summary>
    /// Dimension (cpu, memory, disk, <c>network: reserved port collision …</c>) → number of nodes that lack it.
    /// </summary>
    public Dictionary<string, int>? DimensionExhausted { get; init; }

    /// <summary>Constraint → nodes that it filters out.</summary>
    public Dictionary<string, int>? ConstraintFiltered { get; init; }

    /// <summary>In words, one line.</summary>
    public string Describe()
    {
        var reasons = (DimensionExhausted ?? [])
            .Select(d => d.Key is "cpu" or "memory" or "disk" ? $"not enough {d.Key}" : d.Key)
            .Concat((ConstraintFiltered ?? []).Select(c => $"constraint {c.Key}"))
            .ToList();
        return reasons.Count > 0 ? string.Join(", ", reasons)
            : NodesEvaluated == 0 ? "no node in this datacenter and node pool"
            : "no node fits";
    }
}

/// <summary>
/// The answer to validating a job. Nomad 1.4 to 2.0 do not check the driver's configuration.
/// </summary>
internal sealed record NomadValidation
{
    public string? Error { get; init; }

    public string? Warnings { get; init; }
}

/// <summary>The answer to registering a job.</summary>
public sealed record NomadRegistered
{
    /// <summary>To follow; empty for a job that only waits for a time.</summary>
    public string EvalID { get; init; } = "";

    public long JobModifyIndex { get; init; }

    public string? Warnings { get; init; }
}
