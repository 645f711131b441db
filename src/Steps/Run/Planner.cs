namespace ErpInstaller.Run;

/// <summary>Says what a run would do, without doing it.</summary>
public sealed class Planner(Installation installation)
{
    /// <summary>What would stop a later step, as far as it shows before the first has begun.</summary>
    /// <exception cref="InstallerException">Something would.</exception>
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
    /// <returns>There is something to do.</returns>
    /// <exception cref="InstallerException">A probe or a plan ran into something, or would.</exception>
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
                (step as IKeepsPlans)?.KeepShown(plan: null, installation.ContextOf(step));
                continue;
            }

            var (forecast, outputs, plan) = await ForecastAsync(step, cancellation);
            installation.Events.Publish(forecast);
            (step as IKeepsPlans)?.KeepShown(plan, installation.ContextOf(step));
            if (plan?.Obstacle is { } obstacle)
            {
                throw obstacle;
            }

            toDo |= !forecast.InPlace;
            unknownAfter = outputs is null ? step.Id : null;
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
}
