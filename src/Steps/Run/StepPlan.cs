using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>What a step would do. Derived records add what <see cref="IStep.RunAsync"/> needs to do just that.</summary>
public abstract record StepPlan
{
    /// <summary>The changes, in the order in which they would happen; empty when the step only looks.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>
    /// What the outputs would be, as far as it can be known beforehand, so that later steps can plan; null when the step
    /// cannot know.
    /// </summary>
    public StepOutputs? Expected { get; init; }

    /// <summary>How the step stands, where planning found out what the probe could not know; it is shown instead of the probe's reason.</summary>
    public string? Finding { get; init; }

    /// <summary>What stands in the way of carrying it out, shown with the plan; it is thrown instead of running. Null: nothing known.</summary>
    public InstallerException? Obstacle { get; init; }
}

/// <summary>One change that a step would make.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Subject">To what, for example <c>image erpnext-full:v15.75.1-0a1b2c3d4e5f</c>.</param>
/// <param name="Why">Why, or what of it: one line, no secret.</param>
public sealed record PlannedChange(ChangeKind Kind, string Subject, string Why);

/// <summary>What happens to the subject of a planned change.</summary>
public enum ChangeKind
{
    /// <summary>It does not exist and is made.</summary>
    Create,

    /// <summary>It exists and is changed without a restart.</summary>
    Update,

    /// <summary>It exists, is stopped and made anew; its data stays.</summary>
    Replace,

    /// <summary>It exists and is removed.</summary>
    Destroy,

    /// <summary>Nothing is changed; something is looked at.</summary>
    Look,
}
