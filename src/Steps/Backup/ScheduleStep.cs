using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>
/// Registers the job that makes a backup every day, or removes it when the answers have no schedule. The job has the
/// image that serves the site, so an update changes it too.
/// </summary>
internal sealed class ScheduleStep : Step<SchedulePlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.Schedule;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(
            settings.Answers,
            settings.Answers.Backup.Schedule is null ? ["nomad.job"] : ["site.name", "nomad.job", "backup"]
        );

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        if (context.Answers.Backup.Schedule is null)
        {
            return await FindAsync(context, cancellation) is null
                ? InPlace("no backups are scheduled")
                : new ProbeResult.Missing($"the job {JobOf(context)} exists, and the answers have no schedule");
        }

        if (await PlanJobAsync(context, cancellation) is { HasChanges: true } job)
        {
            return new ProbeResult.Missing(
                job.Plan.JobModifyIndex == 0
                    ? $"no job {JobOf(context)}"
                    : $"the job {JobOf(context)} has another specification"
            );
        }

        return await new BackupSecrets(context).IsCopiedAsync(cancellation)
            ? InPlace(Describe(context))
            : new ProbeResult.Missing("the repository's password is not where the scheduled backups read it");
    }

    /// <inheritdoc/>
    public override async Task<SchedulePlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        if (context.Answers.Backup.Schedule is null)
        {
            return new SchedulePlan
            {
                Changes = [new PlannedChange(ChangeKind.Destroy, JobOf(context), "the answers have no schedule")],
                Expected = new ScheduleOutputs(),
            };
        }

        var job = await PlanJobAsync(context, cancellation);
        return new SchedulePlan
        {
            Job = job,
            Changes =
            [
                new PlannedChange(
                    job.Plan.JobModifyIndex == 0 ? ChangeKind.Create : ChangeKind.Update,
                    JobOf(context),
                    Describe(context)
                ),
            ],
            Expected = new ScheduleOutputs(),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="InstallerException">Nomad refused the job, or the job changed in the meantime.</exception>
    public override async Task RunAsync(SchedulePlan plan, StepContext context, CancellationToken cancellation)
    {
        if (plan.Job is not { } job)
        {
            await context.World.Nomad.RemoveJobAsync(JobOf(context), cancellation);
            return;
        }

        await new BackupSecrets(context).WriteAsync(cancellation);
        await new JobRegistration(context, job).RegisterAsync(cancellation);
    }

    private static ProbeResult.InPlace InPlace(string summary) => new(new ScheduleOutputs(), summary);

    private static string JobOf(StepContext context) => new JobIds(context.Answers.Nomad.Job).Schedule;

    private static string Describe(StepContext context) =>
        $"a backup every day at {context.Answers.Backup.Schedule} ({context.Answers.Backup.TimeZone})";

    private static Task<NomadJobSummary?> FindAsync(StepContext context, CancellationToken cancellation) =>
        new ExistingJobs(context).FindOursAsync(JobOf(context), cancellation);

    private static async Task<PlannedJob> PlanJobAsync(StepContext context, CancellationToken cancellation)
    {
        // Refuses a job of that name that the installer did not make.
        await FindAsync(context, cancellation);
        var planning = new JobPlanning(context);
        var inputs = await planning.InputsAsync(cancellation);
        var job = BackupJob.Of(context, inputs).Build(new BackupAction.Daily());
        await new DeploymentVolumes(context).RefuseStrangersAsync([job], cancellation);
        return await planning.PlanJobAsync(job, cancellation);
    }
}

/// <summary>The plan of the schedule.</summary>
internal sealed record SchedulePlan : StepPlan
{
    /// <summary>The job to register; null: the registered one is removed.</summary>
    public PlannedJob? Job { get; init; }
}

/// <summary>The schedule is as the answers want it.</summary>
internal sealed record ScheduleOutputs : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => new Dictionary<string, string>();
}
