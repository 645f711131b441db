namespace ErpInstaller.Engine;

/// <summary>Says what a run would do, without doing it.</summary>
public sealed class Planner(Installation installation)
{
    /// <summary>
    /// A forecast per step. Where an earlier step has yet to run, its expected outputs stand in; where those cannot be
    /// known, the forecast says so instead of guessing.
    /// </summary>
    /// <exception cref="InstallerException">A probe or a plan ran into something.</exception>
    public async Task<IReadOnlyList<StepForecast>> PlanAsync(CancellationToken cancellation)
    {
        var forecasts = new List<StepForecast>();
        string? unknownAfter = null;
        foreach (var step in installation.Steps)
        {
            if (unknownAfter is not null)
            {
                forecasts.Add(new StepForecast(step.Id, InPlace: false, $"known after {unknownAfter}", []));
                continue;
            }

            var (forecast, outputs) = await ForecastAsync(step, cancellation);
            forecasts.Add(forecast);
            if (outputs is null)
            {
                unknownAfter = step.Id;
            }
        }

        return forecasts;
    }

    private async Task<(StepForecast Forecast, StepOutputs? Outputs)> ForecastAsync(IStep step, CancellationToken cancellation)
    {
        var context = installation.ContextOf(step);
        var probe = await step.ProbeAsync(context, cancellation);
        if (probe is ProbeResult.InPlace there)
        {
            context.Keep(there.Outputs);
            return (new StepForecast(step.Id, InPlace: true, there.Summary, []), there.Outputs);
        }

        var plan = await step.PlanAsync(context, cancellation);
        if (plan.Expected is { } expected)
        {
            context.Keep(expected);
        }

        return (new StepForecast(step.Id, InPlace: false, ((ProbeResult.Missing)probe).Reason, plan.Changes), plan.Expected);
    }
}
