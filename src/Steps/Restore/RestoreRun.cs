using ErpInstaller.Apps;
using ErpInstaller.Backup;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>Runs the restore job, and knows the installation that it works on.</summary>
internal sealed class RestoreRun(StepContext context, RestoreRequest request)
{
    /// <summary>Runs an action of the script.</summary>
    /// <returns>The script's last line.</returns>
    public async Task<BackupLine> RunAsync(string word, CancellationToken cancellation)
    {
        await new RestoreSecrets(context).WriteAsync(cancellation);
        var run = new BackupRun(context, new JobIds(context.Answers.Nomad.Job).Restore);
        return (await run.RunAsync(new RestoreAction(word, context.Run, request), cancellation))[^1];
    }

    /// <summary>
    /// Takes the outputs of the steps of an install that a restore does not touch. Later steps need them.
    /// </summary>
    /// <exception cref="InstallerException">One of them is not in place.</exception>
    public Task TakeInstalledAsync(CancellationToken cancellation) =>
        TakeAsync([new AppsStep(), new CertificateStep(), new ImageStep()], cancellation);

    /// <summary>The same with the deployment.</summary>
    public async Task TakeDeployedAsync(CancellationToken cancellation)
    {
        await TakeInstalledAsync(cancellation);
        await TakeAsync([new DeploymentStep()], cancellation);
    }

    /// <summary>Starts the application as the answers say, after it was stopped.</summary>
    public async Task StartApplicationAsync(CancellationToken cancellation)
    {
        await TakeInstalledAsync(cancellation);
        await new RegisteredJobs(context).WaitForScriptsAsync(cancellation);
        var step = new DeploymentStep();
        var plan = await step.PlanAsync(context, cancellation);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        await step.RunAsync(plan, context, cancellation);
    }

    /// <summary>
    /// Starts the application after a failure that replaced nothing. If that fails too, it is a warning: the first
    /// failure is the error.
    /// </summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        context.Report.Log("nothing was replaced; the application starts again", LogLevel.Warning);
        try
        {
            await StartApplicationAsync(cancellation);
        }
        catch (InstallerException e)
        {
            context.Report.Log(
                $"the application did not start again: {e.Message}. Start it: erp-installer install",
                LogLevel.Warning
            );
        }
    }

    private async Task TakeAsync(IReadOnlyList<IStep> steps, CancellationToken cancellation)
    {
        foreach (var step in steps)
        {
            var probe = await step.ProbeAsync(context, cancellation);
            context.Keep(
                probe is ProbeResult.InPlace there
                    ? there.Outputs
                    : throw RestoreErrors.NotInPlace(step.Id, ((ProbeResult.Missing)probe).Reason)
            );
        }
    }
}
