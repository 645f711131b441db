using ErpInstaller.Core.Files;

namespace ErpInstaller.Run;

/// <summary>
/// A node of the state machine. A run calls a step in this order: inputs (is the result stale?), probe (is it in
/// place?), plan (what would be done?), run (does exactly that), and probe again: a step is done when its probe says
/// so. Implement <see cref="Step{TPlan}"/>.
/// </summary>
public interface IStep
{
    /// <summary>One of <see cref="StepId"/>.</summary>
    string Id { get; }

    /// <summary>The answers that this step depends on. Pure: it does not use the outside world.</summary>
    StepInputs Inputs(StepSettings settings);

    /// <summary>Looks at the real world for the step's result. Changes nothing.</summary>
    Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Computes what the step would do. Changes nothing.</summary>
    /// <exception cref="InstallerException">The error that the step would end with, if it can be foreseen.</exception>
    Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Carries out a plan made by <see cref="PlanAsync"/>.</summary>
    /// <exception cref="InstallerException">With code, message and hint for the operator.</exception>
    Task RunAsync(StepPlan plan, StepContext context, CancellationToken cancellation);
}

/// <summary>A step whose plan has its own type, so that a run carries out the plan that was shown.</summary>
public abstract class Step<TPlan> : IStep
    where TPlan : StepPlan
{
    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract StepInputs Inputs(StepSettings settings);

    /// <inheritdoc/>
    public abstract Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation);

    /// <inheritdoc cref="IStep.PlanAsync"/>
    public abstract Task<TPlan> PlanAsync(StepContext context, CancellationToken cancellation);

    /// <inheritdoc cref="IStep.RunAsync"/>
    public abstract Task RunAsync(TPlan plan, StepContext context, CancellationToken cancellation);

    async Task<StepPlan> IStep.PlanAsync(StepContext context, CancellationToken cancellation) =>
        await PlanAsync(context, cancellation);

    Task IStep.RunAsync(StepPlan plan, StepContext context, CancellationToken cancellation) =>
        RunAsync((TPlan)plan, context, cancellation);
}

/// <summary>A step that can foresee from files that it will fail. It is asked before the first step begins.</summary>
internal interface ILooksAhead
{
    /// <summary>Checks what the answers name, quickly and without changes or network requests.</summary>
    /// <exception cref="InstallerException">The error that the step would end with.</exception>
    void LookAhead(StepContext context);
}

/// <summary>A step that records the plan that was shown: the next run does exactly that, or refuses.</summary>
internal interface IKeepsPlans
{
    /// <summary>
    /// Records in the state directory what the next run must do. A null plan removes the record.
    /// </summary>
    void KeepShown(StepPlan? plan, StepContext context);
}

/// <summary>A step that can write the files that it would use, to be read or run by hand.</summary>
internal interface IExportsFiles
{
    /// <summary>The files that the plan would use. They hold no secret.</summary>
    Task<IReadOnlyList<GeneratedFile>> ExportAsync(StepContext context, CancellationToken cancellation);
}
