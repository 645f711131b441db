using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Registers a job at the planned modify index, or not at all. If the answer is lost, it asks Nomad again: the job is
/// ours if a plan then finds no difference.
/// </summary>
internal sealed class JobRegistration(StepContext context, PlannedJob planned)
{
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly NomadRetry _retry = new(context);

    /// <summary>Registers it.</summary>
    /// <param name="stop">Cancelled at the deadline.</param>
    /// <exception cref="InstallerException">The job changed at Nomad since the plan.</exception>
    public async Task<NomadRegistered> RegisterAsync(CancellationToken stop)
    {
        var source = planned.IsOfNomad ? null : JobHcl.Render(planned.Job);
        var sent = 0;
        try
        {
            return await _retry.AskAsync(
                () =>
                {
                    sent++;
                    return _nomad.RegisterAsync(planned.Json, planned.Plan.JobModifyIndex, source, stop);
                },
                stop
            );
        }
        catch (NomadConflict e)
        {
            return sent > 1 && await FindOwnAsync(stop) is { } own
                ? own
                : throw FollowingErrors.PlanOutdated(planned.Job.Id, e);
        }
    }

    private async Task<NomadRegistered?> FindOwnAsync(CancellationToken stop)
    {
        var now = await _retry.AskAsync(() => _nomad.PlanAsync(planned.Json, stop), stop);
        if (now.Diff?.Type != "None")
        {
            return null;
        }

        var evaluations = await _retry.AskAsync(() => _nomad.ListEvaluationsAsync(planned.Job.Id, stop), stop);
        return evaluations.Where(e => e.TriggeredBy == "job-register").MaxBy(e => e.CreateIndex) is { } newest
            ? new NomadRegistered { EvalID = newest.ID, JobModifyIndex = now.JobModifyIndex }
            : null;
    }
}
