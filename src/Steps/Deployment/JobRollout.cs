using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>Registers the planned jobs, each followed to its end before the next: data, init, application.</summary>
internal sealed class JobRollout(StepContext context, JobSet<PlannedJob> planned)
{
    // Shares of the time of a first installation. The init job installs the apps one after the other.
    private static readonly (double From, double To) DataShare = (0, 0.2);
    private static readonly (double From, double To) InitShare = (0.2, 0.8);
    private static readonly (double From, double To) ApplicationShare = (0.8, 1);

    private readonly DeadlineAnswers _deadlines = context.Answers.Deadlines;

    /// <summary>The data job.</summary>
    public Task RegisterDataAsync(CancellationToken cancellation) =>
        RegisterAsync(planned.Data, "deadlines.data", _deadlines.Data, DataShare, cancellation);

    /// <summary>The application job.</summary>
    /// <param name="application">As <see cref="RegisterInitAsync"/> returned it.</param>
    public Task RegisterApplicationAsync(PlannedJob application, CancellationToken cancellation) =>
        RegisterAsync(application, "deadlines.application", _deadlines.Application, ApplicationShare, cancellation);

    /// <summary>
    /// Registers the init job, which first checks the database. If the database does not change, the application serves
    /// until it is replaced. Otherwise the site is closed, the application is stopped, the data are secured, and the
    /// job runs again.
    /// </summary>
    /// <returns>The application job, planned again if it was stopped.</returns>
    public async Task<PlannedJob> RegisterInitAsync(CancellationToken cancellation)
    {
        var isStopped = await new ExistingJobs(context).HasStoppedApplicationAsync(cancellation);

        // The init job of an image without an app refuses a site that still has it.
        if (!isStopped && !context.Guard.RemovesApps(context) && !await MustStopAsync(cancellation))
        {
            return planned.Application;
        }

        // An earlier run may have been interrupted here: each part does nothing when it is done.
        var stop = new ApplicationStop(context, planned.Application.Job);
        if (!isStopped)
        {
            await context.Guard.CloseAsync(context, cancellation);
            await OrStartAgainAsync(stop, () => stop.StopAsync(cancellation), cancellation);
        }

        var planning = new JobPlanning(context);
        var again = await planning.PlanAsync(await planning.InputsAsync(cancellation), cancellation);
        var removes = context.Guard.RemovesApps(context);
        if (again.Init.HasChanges)
        {
            await OrStartAgainAsync(stop, () => context.Guard.SecureAsync(context, cancellation), cancellation);
            await context.Guard.RemoveAppsAsync(context, cancellation);
        }

        try
        {
            await RegisterInitAsync(again.Init, cancellation);
        }
        catch (AllocationFailed e) when (e.TaskExitCode == InitJob.NothingChanged && stop.HasKept && !removes)
        {
            await StartAgainAsync(stop, cancellation);
            throw;
        }
        catch (AllocationFailed)
        {
            TellStopped(again.Init.Job);
            throw;
        }

        return again.Application;
    }

    /// <returns>Whether the application must be stopped, because the database changes.</returns>
    private async Task<bool> MustStopAsync(CancellationToken cancellation)
    {
        try
        {
            await RegisterInitAsync(planned.Init, cancellation);
            return false;
        }
        catch (AllocationFailed e) when (e.TaskExitCode == InitJob.MustStop)
        {
            context.Report.Log(
                $"{planned.Init.Job.Id}: the database changes with this image; the application is stopped for that"
            );
            return true;
        }
        catch (AllocationFailed)
        {
            TellStopped(planned.Init.Job);
            throw;
        }
    }

    private async Task OrStartAgainAsync(ApplicationStop stop, Func<Task> part, CancellationToken cancellation)
    {
        try
        {
            await part();
        }
        catch (InstallerException e) when (e is not (NomadUnreachable or NomadDenied) && stop.HasKept)
        {
            await StartAgainAsync(stop, cancellation);
            throw;
        }
    }

    private async Task StartAgainAsync(ApplicationStop stop, CancellationToken cancellation)
    {
        await stop.StartAgainAsync(cancellation);
        await context.Guard.AbandonAsync(context, cancellation);
    }

    private Task RegisterInitAsync(PlannedJob init, CancellationToken cancellation) =>
        RegisterAsync(init, "deadlines.init", _deadlines.Init, InitShare, cancellation);

    // After a failed migration, operators first need to know what users see.
    private void TellStopped(Job init)
    {
        if (context.Answers.Update is { Safeguard: UpdateSafeguard.Backup, OnFailure: UpdateFailure.Rollback })
        {
            // The update goes back to the old application and reports that.
            return;
        }

        var wasThere = planned.Application.Plan.JobModifyIndex > 0;
        if (wasThere && init.Groups.Any(g => g.Meta.ContainsKey(InitJob.StoppedKey)))
        {
            context.Report.Log(
                $"{planned.Application.Job.Id} stays stopped, as its database may be half changed: "
                    + "users see the maintenance page until an install succeeds; the next one resumes here",
                LogLevel.Warning
            );
        }
    }

    private async Task RegisterAsync(
        PlannedJob job,
        string deadlineKey,
        int minutes,
        (double From, double To) share,
        CancellationToken cancellation
    )
    {
        if (!job.HasChanges && await new DeploymentProbe(context).IsWellAsync(job, cancellation))
        {
            return;
        }

        context.Report.Progress($"{job.Job.Id}: registering");
        await new JobFollower(context, job.Job, deadlineKey, minutes) { Share = share }.RegisterAndFollowAsync(
            job,
            cancellation
        );
    }
}
