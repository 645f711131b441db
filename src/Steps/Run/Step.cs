using ErpInstaller.Core.Files;

namespace ErpInstaller.Run;

/// <summary>
/// A node of the state machine. The engine asks in this order: inputs (is what was done stale?), probe (is it there?),
/// plan (what would be done?), run (do exactly that), and probes again: a step is done when its probe says so.
/// Implement <see cref="Step{TPlan}"/>.
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
    /// <exception cref="InstallerException">What the step would run into, when that shows beforehand.</exception>
    Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Carries out a plan made by <see cref="PlanAsync"/>.</summary>
    /// <exception cref="InstallerException">With code, message and hint for the operator.</exception>
    Task RunAsync(StepPlan plan, StepContext context, CancellationToken cancellation);
}

/// <summary>A step whose plan has a type of its own, so that what was shown is what is carried out.</summary>
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
    /// <exception cref="InstallerException">What the step would run into.</exception>
    void LookAhead(StepContext context);
}

/// <summary>A step that remembers what was shown of its plan: the next run does just that, or refuses.</summary>
internal interface IKeepsPlans
{
    /// <summary>
    /// Keeps in the state directory what the next run must do, and forgets what it kept before if the plan is null.
    /// </summary>
    void KeepShown(StepPlan? plan, StepContext context);
}

/// <summary>A step that can write down what it would use, for a human to read or to run by hand.</summary>
internal interface IExportsFiles
{
    /// <summary>The files, from what the step's plan would use. Holds no secret.</summary>
    Task<IReadOnlyList<GeneratedFile>> ExportAsync(StepContext context, CancellationToken cancellation);
}
