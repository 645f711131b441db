namespace ErpInstaller.Run;

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
