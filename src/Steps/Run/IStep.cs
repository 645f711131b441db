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

    /// <summary>The part of the answers and of earlier outputs that this step depends on. Pure: reads no outside world.</summary>
    StepInputs Inputs(StepSettings settings);

    /// <summary>Looks at the real world for the step's result. Changes nothing.</summary>
    Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Computes what the step would do. Changes nothing.</summary>
    /// <exception cref="InstallerException">What the step would run into, when that shows beforehand.</exception>
    Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellation);

    /// <summary>Carries out a plan made by <see cref="PlanAsync"/>.</summary>
    /// <exception cref="InstallerException">With class, message and hint for the operator.</exception>
    Task RunAsync(StepPlan plan, StepContext context, CancellationToken cancellation);
}
