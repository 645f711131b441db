using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>The plan of a step. Derived records add what <see cref="IStep.RunAsync"/> needs for it.</summary>
public abstract record StepPlan
{
    /// <summary>The changes, in the order in which they would happen; empty when the step only checks.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>
    /// The outputs as far as they can be known beforehand, so that later steps can plan; null if the step cannot know
    /// them.
    /// </summary>
    public StepOutputs? Expected { get; init; }

    /// <summary>
    /// The state of the step, if planning found more than the probe; it is shown instead of the probe's reason.
    /// </summary>
    public string? Finding { get; init; }

    /// <summary>
    /// The error that the step would end with. The plan shows it, and a run throws it instead of running the step.
    /// Null: none is known.
    /// </summary>
    public InstallerException? Obstacle { get; init; }
}

/// <summary>One change that a step would make.</summary>
/// <param name="Kind">The kind of change.</param>
/// <param name="Subject">The changed thing, for example <c>image erpnext-full:v15.75.1-0a1b2c3d4e5f</c>.</param>
/// <param name="Why">The reason or the detail: one line, no secret.</param>
public sealed record PlannedChange(ChangeKind Kind, string Subject, string Why);

/// <summary>What happens to the subject of a planned change.</summary>
public enum ChangeKind
{
    /// <summary>It does not exist and is created.</summary>
    Create,

    /// <summary>It exists and is changed without a restart.</summary>
    Update,

    /// <summary>It exists, is stopped and created again; its data stays.</summary>
    Replace,

    /// <summary>It exists and is removed.</summary>
    Destroy,

    /// <summary>It is only checked; nothing changes.</summary>
    Look,
}
