using ErpInstaller.Backup;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>
/// Brings back the application and the data of before an update. Each part can be repeated, so that an interrupted way
/// back begins again. Visitors see the maintenance page meanwhile, so no row of theirs is lost by a repetition.
/// </summary>
internal sealed class WayBack(StepContext context, UpdateRecord record)
{
    private readonly JobPlanning _planning = new(context);

    /// <summary>Goes back, until the application of before is healthy. The site stays closed.</summary>
    /// <exception cref="InstallerException">A part of it failed.</exception>
    public async Task GoAsync(CancellationToken cancellation)
    {
        var jobs = _planning.Build(await InputsAsync(cancellation));
        context.Report.Progress($"going back: stopping {jobs.Application.Id} and {jobs.Init.Id}");
        var application = new ApplicationStop(
            context,
            jobs.Application,
            record.Specification ?? ApplicationStop.FileName
        );
        await application.StopNewAsync(cancellation);
        await new ApplicationStop(context, jobs.Init).StopNewAsync(cancellation);
        context.Report.Progress($"going back: restoring the backup {record.Snapshot}");
        await new BackupRun(context) { Serving = (record.Image, record.Apps) }.RunAsync(
            new BackupAction.Back(record.Run, record.Snapshot!),
            cancellation
        );

        // It changes nothing of the restored site. It makes the assets of that image the current ones, and the
        // registered job then says again what the site is.
        context.Report.Progress($"going back: {jobs.Init.Id}");
        await new JobFollower(
            context,
            jobs.Init,
            "deadlines.init",
            context.Answers.Deadlines.Init
        ).RegisterAndFollowAsync(await _planning.PlanJobAsync(jobs.Init, cancellation), cancellation);
        context.Report.Progress($"going back: starting {jobs.Application.Id} as it was");
        await StartAsync(application, jobs.Application, cancellation);
    }

    // The kept specification is in the state directory. If that was lost, the application of the answers is started
    // with the image of before.
    private async Task StartAsync(ApplicationStop stopped, Job ofAnswers, CancellationToken cancellation)
    {
        if (stopped.HasKept)
        {
            await stopped.StartAgainAndFollowAsync(cancellation);
            return;
        }

        await new JobFollower(
            context,
            ofAnswers,
            "deadlines.application",
            context.Answers.Deadlines.Application
        ).RegisterAndFollowAsync(await _planning.PlanJobAsync(ofAnswers, cancellation), cancellation);
    }

    private async Task<JobInputs> InputsAsync(CancellationToken cancellation)
    {
        var serving = await _planning.ServingAsync(cancellation);
        return serving with
        {
            Image = record.Image,
            FrontendImage = record.Image,
            Apps = record.Apps,
            Runs = await new ExistingJobs(context).RunsAsync(cancellation),
            Rotations = await new DeploymentSecrets(context).RotationsAsync(cancellation),
            MailPasswordVersion = await new MailSecret(context).VersionAsync(cancellation),
            IsApplicationStopped = true,
        };
    }
}
