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
