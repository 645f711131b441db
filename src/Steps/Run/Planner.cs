namespace ErpInstaller.Run;

/// <summary>Plans a run without running it.</summary>
public sealed class Planner(Installation installation)
{
    /// <summary>Whether the next install compares with what this plan shows.</summary>
    public bool KeepsShown { get; init; } = true;

    /// <summary>Looks for errors of later steps that can be foreseen before the first step begins.</summary>
    /// <exception cref="InstallerException">A step would fail.</exception>
    public void LookAhead()
    {
        foreach (var step in installation.Steps)
        {
            (step as ILooksAhead)?.LookAhead(installation.ContextOf(step));
        }
    }

    /// <summary>
    /// Publishes a <see cref="StepPlanned"/> per step. Expected outputs stand in for those of a step that has yet to
    /// run; if they cannot be known, the forecast says so.
    /// </summary>
    /// <returns>
    /// True when a run would change something, or when that cannot be known. A host that is only checked again because
    /// its facts are old is no change.
    /// </returns>
    /// <exception cref="InstallerException">A probe or a plan failed, or a step would fail.</exception>
    public async Task<bool> PlanAsync(CancellationToken cancellation)
    {
        LookAhead();
        var toDo = false;
        string? unknownAfter = null;
        foreach (var step in installation.Steps)
        {
            if (unknownAfter is not null)
            {
                installation.Events.Publish(
                    new StepPlanned(step.Id, InPlace: false, $"known after {unknownAfter}", [])
                );
                KeepShown(step, plan: null);
                continue;
            }

            var (forecast, outputs, plan) = await ForecastAsync(step, cancellation);
            installation.Events.Publish(forecast);
            KeepShown(step, plan);
            if (plan?.Obstacle is { } obstacle)
            {
                throw obstacle;
            }

            toDo |= plan is { Changes.Count: > 0 } or { Expected: null };
            unknownAfter = outputs is null ? step.Id : null;
        }

        var last = installation.Steps[^1].Id;
        if (UnfinishedOperation.FindChange(installation.Directory) is { } left)
        {
            installation.Events.Publish(new Log(last, LogLevel.Warning, left.Text));
        }

        if (installation.Guard.FindUnfinished(installation.ContextOf(last)) is { } unfinished)
        {
            installation.Events.Publish(new Log(last, LogLevel.Warning, unfinished));
            toDo = true;
        }

        return toDo;
    }

    /// <summary>
    /// What a run would do in a step; the outputs that later steps can count on, or null if they cannot be known; the
    /// plan, or null if everything is in place.
    /// </summary>
    internal async Task<(StepPlanned Forecast, StepOutputs? Outputs, StepPlan? Plan)> ForecastAsync(
        IStep step,
        CancellationToken cancellation
    )
    {
        var context = installation.ContextOf(step);
        var probe = await step.ProbeAsync(context, cancellation);
        if (probe is ProbeResult.InPlace there)
        {
            context.Keep(there.Outputs);
            return (new StepPlanned(step.Id, InPlace: true, there.Summary, []), there.Outputs, null);
        }

        var plan = await step.PlanAsync(context, cancellation);
        if (plan.Expected is { } expected)
        {
            context.Keep(expected);
        }

        return (
            new StepPlanned(step.Id, InPlace: false, plan.Finding ?? ((ProbeResult.Missing)probe).Reason, plan.Changes),
            plan.Expected,
            plan
        );
    }

    private void KeepShown(IStep step, StepPlan? plan)
    {
        if (KeepsShown)
        {
            (step as IKeepsPlans)?.KeepShown(plan, installation.ContextOf(step));
        }
    }
}
