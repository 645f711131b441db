using System.Text.Json.Nodes;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// Stops the application while the database changes: every group except the frontend, which shows its maintenance page.
/// Containers of the old image would answer with errors and use half-changed tables.
/// </summary>
/// <param name="application">The planned job of the application.</param>
internal sealed class ApplicationStop(StepContext context, Job application)
{
    private const string Deadline = "deadlines.application";

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly NomadRetry _retry = new(context);
    private JsonObject? _before;

    /// <summary>Stops it, and waits until the last container has ended. Workers finish the job they are at.</summary>
    /// <exception cref="InstallerException">A container did not stop in time.</exception>
    /// <exception cref="InstallerException">The job changed at Nomad in the meantime.</exception>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _before = await _retry.AskAsync(
            () => _nomad.FindSpecificationAsync(application.Id, cancellation),
            cancellation
        );
        context.Report.Progress($"{application.Id}: stopping; the site shows its maintenance page");
        var stopped = application with
        {
            Groups = [.. application.Groups.Select(g => IsFrontend(g.Name) ? g : g with { Count = 0 })],
        };
        var planned = await PlanAsync(stopped, cancellation);
        await new JobFollower(
            context,
            stopped,
            Deadline,
            context.Answers.Deadlines.Application
        ).RegisterAndWaitForEndsAsync(planned, a => !IsFrontend(a.TaskGroup), cancellation);
    }

    /// <summary>Starts what served before, as it was.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        context.Report.Log(
            $"{application.Id}: nothing was changed; the previous application starts again",
            LogLevel.Warning
        );
        var now = await _retry.AskAsync(() => _nomad.FindJobAsync(application.Id, cancellation), cancellation);
        await _retry.AskAsync(
            () => _nomad.RegisterAsync(_before!, now?.JobModifyIndex ?? 0, source: null, cancellation),
            cancellation
        );
    }

    private async Task<PlannedJob> PlanAsync(Job job, CancellationToken cancellation)
    {
        var json = JobJson.Render(job);
        return new PlannedJob(
            job,
            json,
            await _retry.AskAsync(() => _nomad.PlanAsync(json, cancellation), cancellation)
        );
    }

    private static bool IsFrontend(string group) => group == ContainerGroups.Frontend.Group;
}
