using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>The jobs with our names that Nomad already has.</summary>
internal sealed class ExistingJobs(StepContext context)
{
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly JobIds _ids = new(context.Answers.Nomad.Job);
    private IReadOnlyList<NomadJobSummary>? _found;

    /// <summary>
    /// Maps "job/group" to the number of its run if that is more than one: the registered number, and one more after a
    /// failure. Registering the same specification again would do nothing.
    /// </summary>
    /// <exception cref="InstallerException">A job with one of our names was not made by the installer.</exception>
    public async Task<IReadOnlyDictionary<string, int>> RunsAsync(CancellationToken cancellation)
    {
        var runs = new Dictionary<string, int>();
        foreach (var job in await FindAsync(cancellation))
        {
            var id = job.ID;
            var failed = await FailedGroupsAsync(job, cancellation);
            foreach (var group in job.TaskGroups ?? [])
            {
                var run = RunOf(group) + (failed.Contains(group.Name) ? 1 : 0);
                if (run > 1)
                {
                    runs[$"{id}/{group.Name}"] = run;
                }
            }
        }

        return runs;
    }

    /// <summary>Those of our jobs that Nomad has. Nomad is asked once.</summary>
    /// <exception cref="InstallerException">A job with one of our names was not made by the installer.</exception>
    public async Task<IReadOnlyList<NomadJobSummary>> FindAsync(CancellationToken cancellation)
    {
        if (_found is null)
        {
            var found = new List<NomadJobSummary>();
            foreach (var id in _ids.Deployed)
            {
                if (await FindOursAsync(id, cancellation) is { } job)
                {
                    found.Add(job);
                }
            }

            _found = found;
        }

        return _found;
    }

    /// <summary>
    /// The image that serves the site, and the apps that the site has, ERPNext first. There are no apps when an earlier
    /// installer made the application job and Nomad has forgotten the init job: the scripts then ask the site.
    /// </summary>
    /// <exception cref="InstallerException">Nomad has no installation of these answers.</exception>
    public async Task<(string Image, IReadOnlyList<string> Apps)> ServingAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        var image = TaskOf(found, _ids.Application, ContainerGroups.Backend.Group)?.Config?.Image;
        return string.IsNullOrEmpty(image)
            ? throw DeploymentErrors.NotInstalled(_ids.Application)
            : (image, AppsOf(found)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);
    }

    private string? AppsOf(IReadOnlyList<NomadJobSummary> jobs) =>
        jobs.FirstOrDefault(j => j.ID == _ids.Application)
            ?.TaskGroups?.FirstOrDefault(g => g.Name == ContainerGroups.Backend.Group)
            ?.Meta?.GetValueOrDefault(ApplicationJob.AppsKey)
        ?? TaskOf(jobs, _ids.Init, ContainerGroups.CreateSiteTask)?.Env?.GetValueOrDefault("APPS");

    private static NomadJobTask? TaskOf(IReadOnlyList<NomadJobSummary> jobs, string job, string task) =>
        jobs.FirstOrDefault(j => j.ID == job)
            ?.TaskGroups?.SelectMany(g => g.Tasks ?? [])
            .FirstOrDefault(t => t.Name == task);

    /// <summary>
    /// The number of the next run of a job with one group, which runs again at each registration.
    /// </summary>
    /// <exception cref="InstallerException">It was not made by the installer.</exception>
    public async Task<int> NextRunAsync(string id, CancellationToken cancellation) =>
        (await FindOursAsync(id, cancellation))?.TaskGroups is [var group, ..] ? RunOf(group) + 1 : 1;

    /// <summary>
    /// Whether no container of the application uses the database, or none did when the init job ran for this revision.
    /// Then init may change the database. The job keeps this mark while it is as planned; otherwise it would run again
    /// at each install.
    /// </summary>
    /// <param name="revision">See <see cref="JobInputs.Revision"/>.</param>
    public async Task<bool> IsApplicationStoppedAsync(string revision, CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        if (
            found.FirstOrDefault(j => j.ID == _ids.Application) is not { Stop: false } application
            || IsStopped(application)
        )
        {
            return true;
        }

        var init = found.FirstOrDefault(j => j.ID == _ids.Init);
        var stopped = init
            ?.TaskGroups?.FirstOrDefault(g => g.Name == ContainerGroups.Init.Group)
            ?.Meta?.GetValueOrDefault(InitJob.StoppedKey);

        // After a failure without a change the application was started again.
        return stopped == revision && (await FailedGroupsAsync(init!, cancellation)).Count == 0;
    }

    /// <summary>The application is registered with another image, or with other apps in the site.</summary>
    public async Task<bool> HasOtherRevisionAsync(JobInputs inputs, CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        return TaskOf(found, _ids.Application, ContainerGroups.Backend.Group)?.Config?.Image is { } image
            && (image != inputs.Image || AppsOf(found) is { } apps && apps != string.Join(' ', inputs.Apps));
    }

    /// <summary>Nomad has the application job.</summary>
    public async Task<bool> HasApplicationAsync(CancellationToken cancellation) =>
        (await FindAsync(cancellation)).Any(j => j.ID == _ids.Application);

    /// <summary>The application is registered with no containers except the frontend.</summary>
    public async Task<bool> HasStoppedApplicationAsync(CancellationToken cancellation) =>
        (await FindAsync(cancellation)).FirstOrDefault(j => j.ID == _ids.Application) is { Stop: false } application
        && IsStopped(application);

    /// <summary>
    /// The number of canaries of the registered application job.
    /// </summary>
    public async Task<int> BackendCanariesAsync(CancellationToken cancellation) =>
        (await FindAsync(cancellation))
            .FirstOrDefault(j => j.ID == _ids.Application)
            ?.TaskGroups?.FirstOrDefault(g => g.Name == ContainerGroups.Backend.Group)
            is { } backend
            ? backend.Update?.Canary ?? 0
            : BackendCanary.Wanted;

    private static bool IsStopped(NomadJobSummary application) =>
        application.TaskGroups?.Where(g => g.Name != ContainerGroups.Frontend.Group).All(g => g.Count == 0) == true;

    /// <summary>A job of that id, or null.</summary>
    /// <exception cref="InstallerException">It was not made by the installer.</exception>
    public async Task<NomadJobSummary?> FindOursAsync(string id, CancellationToken cancellation)
    {
        var found = await _nomad.FindJobAsync(id, cancellation);
        return
            found is null
            || found.Meta?.GetValueOrDefault(ErpNextJobs.OwnerKey) == JobPolicies.Labels[ErpNextJobs.OwnerKey]
            ? found
            : throw DeploymentErrors.ForeignJob(
                $"The Nomad job {id}",
                "Choose another nomad.job in the answers; jobs, network and volumes are named after it."
            );
    }

    private async Task<IReadOnlySet<string>> FailedGroupsAsync(NomadJobSummary job, CancellationToken cancellation)
    {
        if (job.Stop)
        {
            return new HashSet<string>();
        }

        var allocations = (await _nomad.GetAllocationsAsync(job.ID, index: null, cancellation)).Value ?? [];
        if (job.IsBatch)
        {
            return allocations.MaxBy(a => a.CreateIndex) is { ClientStatus: "failed" or "lost" } newest
                ? new HashSet<string> { newest.TaskGroup }
                : new HashSet<string>();
        }

        // After a successful deployment Nomad itself replaces failed allocations. Before, it only repeats the same
        // version.
        return await _nomad.FindNewestDeploymentAsync(job.ID, cancellation) is { Status: not "successful" }
            ? allocations.Where(a => a.DesiredStatus == "run" && IsBroken(a)).Select(a => a.TaskGroup).ToHashSet()
            : new HashSet<string>();
    }

    private static bool IsBroken(NomadAllocation allocation) =>
        allocation.ClientStatus is "failed" or "lost"
        || allocation.DeploymentStatus?.Healthy == false
        || allocation.ClientStatus != "running" && AllocationFailed.Worst(allocation).State is { Restarts: > 0 };

    private static int RunOf(NomadJobGroup group) =>
        int.TryParse(
            group.Meta?.GetValueOrDefault(ErpNextJobs.RunKey),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var run
        )
            ? run
            : 1;
}
