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
