using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>Checks whether the jobs are registered as planned, and healthy.</summary>
internal sealed class DeploymentProbe(StepContext context)
{
    /// <summary>All jobs are as planned, the init job is complete, and every container of the others runs.</summary>
    public async Task<ProbeResult> LookAsync(JobSet<PlannedJob> jobs, JobInputs inputs, CancellationToken cancellation)
    {
        foreach (var job in jobs)
        {
            if (job.HasChanges && !IsCollected(job, jobs))
            {
                return new ProbeResult.Missing(
                    job.Plan.JobModifyIndex == 0
                        ? $"no job {job.Job.Id}"
                        : $"the job {job.Job.Id} has another specification"
                );
            }

            if (!job.HasChanges && !await IsWellAsync(job, cancellation))
            {
                return new ProbeResult.Missing($"the job {job.Job.Id} is not healthy");
            }
        }

        var serving = jobs.Where(j => !j.Job.IsBatch).SelectMany(j => j.Job.Groups).Sum(g => g.Count);
        var preparing = jobs.Where(j => j.Job.IsBatch).SelectMany(j => j.Job.Groups).Sum(g => g.Tasks.Count);
        return new ProbeResult.InPlace(
            DeploymentStep.OutputsOf(inputs.Node, jobs),
            $"{serving + preparing} containers on {inputs.Names}: {serving} serve, {preparing} of init ended well"
        );
    }

    /// <summary><see cref="JobHealth.IsWell"/>, and no deployment is at work on it.</summary>
    public async Task<bool> IsWellAsync(PlannedJob planned, CancellationToken cancellation)
    {
        var allocations = (
            await context.World.Nomad.GetAllocationsAsync(planned.Job.Id, index: null, cancellation)
        ).Value
            ?? [];
        return JobHealth.IsWell(planned.Job, allocations)
            && (
                planned.Job.IsBatch
                || !JobHealth.IsAtWork(
                    await context.World.Nomad.FindNewestDeploymentAsync(planned.Job.Id, cancellation)
                )
            );
    }

    // Nomad removes a batch job some hours after its end. The application is registered only after init was complete
    // with the same image, so a registered application proves that init was complete.
    private static bool IsCollected(PlannedJob job, JobSet<PlannedJob> jobs) =>
        job is { Job.IsBatch: true, Plan.JobModifyIndex: 0 } && !jobs.Application.HasChanges;
}
