using System.Globalization;
using System.Text.Json.Nodes;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>
/// Changes jobs as Nomad has them, whatever the answers say by now: it stops the application, and runs the init job
/// once more.
/// </summary>
internal sealed class RegisteredJobs(StepContext context)
{
    private const int Lines = 200;

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly JobIds _ids = new(context.Answers.Nomad.Job);

    /// <summary>
    /// Stops every group of the application except the frontend, and waits until the last container has ended.
    /// </summary>
    public Task StopApplicationAsync(CancellationToken cancellation) =>
        WithDeadlineAsync(
            async stop =>
            {
                context.Report.Progress($"{_ids.Application}: stopping; the site shows its maintenance page");
                await ChangeAsync(
                    _ids.Application,
                    job =>
                    {
                        foreach (var group in GroupsOf(job).Where(g => !IsFrontend(NameOf(g))))
                        {
                            group["Count"] = 0;
                        }
                    },
                    stop
                );
                await WaitForEndsAsync(_ids.Application, g => !IsFrontend(g), stop);
            },
            "deadlines.application",
            context.Answers.Deadlines.Application,
            cancellation
        );

    /// <summary>
    /// Waits until the containers of the scripts have ended. They stay for some seconds after their last line, and the
    /// application may need the room.
    /// </summary>
    public Task WaitForScriptsAsync(CancellationToken cancellation) =>
        WithDeadlineAsync(
            async stop =>
            {
                await WaitForEndsAsync(_ids.Backup, _ => true, stop);
                await WaitForEndsAsync(_ids.Restore, _ => true, stop);
            },
            "deadlines.application",
            context.Answers.Deadlines.Application,
            cancellation
        );

    /// <summary>
    /// Runs the init job again with its revision: it installs the apps that the site lacks, and migrates. Nomad forgets
    /// a job some hours after it ended; then the deployment makes it again, and it does the same.
    /// </summary>
    /// <exception cref="InstallerException">It failed.</exception>
    public Task RunInitAsync(CancellationToken cancellation) =>
        WithDeadlineAsync(
            async stop =>
            {
                if (await _nomad.FindSpecificationAsync(_ids.Init, stop) is null)
                {
                    return;
                }

                var run = await new ExistingJobs(context).NextRunAsync(_ids.Init, stop);
                var version = await ChangeAsync(_ids.Init, job => NumberAndAllow(GroupsOf(job).First(), run), stop);
                await FollowInitAsync(version, stop);
            },
            "deadlines.init",
            context.Answers.Deadlines.Init,
            cancellation
        );

    private static void NumberAndAllow(JsonNode group, int run)
    {
        var revision = group["Tasks"]!
            .AsArray()
            .Select(t => t!["Env"]?["REVISION"]?.GetValue<string>())
            .First(r => r is not null);
        var meta = group["Meta"]?.AsObject() ?? new JsonObject();
        meta[ErpNextJobs.RunKey] = run.ToString(CultureInfo.InvariantCulture);
        meta[InitJob.StoppedKey] = revision;
        group["Meta"] = meta.DeepClone();
    }

    private async Task FollowInitAsync(long version, CancellationToken stop)
    {
        var said = "";
        var ended = await new ShortJob(context, _ids.Init, ContainerGroups.CreateSiteTask, Lines).FollowAsync(
            version,
            begun: () => { },
            lines =>
            {
                var newest = lines?.LastOrDefault(l => l.StartsWith("create-site: ", StringComparison.Ordinal)) ?? said;
                if (newest != said)
                {
                    said = newest;
                    context.Report.Progress(said.Replace("create-site: ", "", StringComparison.Ordinal));
                }

                return false;
            },
            stop
        );
        if (ended is { ClientStatus: not "complete" })
        {
            throw await new AllocationDiagnosis(new TaskOutput(_nomad, context.World.Docker)).LookAsync(ended, stop);
        }
    }

    private async Task<long> ChangeAsync(string id, Action<JsonObject> change, CancellationToken stop)
    {
        var job = await _nomad.FindSpecificationAsync(id, stop)
            ?? throw DeploymentErrors.NotInstalled(_ids.Application);
        change(job);

        // What the command plan showed before does not hold any more.
        new ShownPlan(context).Forget();
        var planned = await _nomad.FindJobAsync(id, stop);
        await _nomad.RegisterAsync(job, planned?.JobModifyIndex ?? 0, source: null, stop);
        return (await _nomad.FindJobAsync(id, stop))?.Version ?? 0;
    }

    private async Task WaitForEndsAsync(string id, Func<string, bool> isMeant, CancellationToken stop)
    {
        var watch = new Watch<List<NomadAllocation>>(i => _nomad.GetAllocationsAsync(id, i, stop));
        while (true)
        {
            await watch.Pending;
            await watch.TakeAsync();
            string[] running =
            [
                .. (watch.Value ?? [])
                    // Not IsTerminal: an allocation that Nomad asked to stop runs until its containers have ended.
                    .Where(a => isMeant(a.TaskGroup) && a.ClientStatus is "running" or "pending")
                    .Select(a => a.TaskGroup)
                    .Distinct(),
            ];
            if (running.Length == 0)
            {
                return;
            }

            context.Report.Progress($"{id}: waiting for {string.Join(", ", running)} to end");
        }
    }

    private async Task WithDeadlineAsync(
        Func<CancellationToken, Task> work,
        string key,
        int minutes,
        CancellationToken cancellation
    )
    {
        var deadline = TimeSpan.FromMinutes(minutes);
        using var timer = new CancellationTokenSource(deadline, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            await work(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw RunErrors.StepTimedOut("The containers did not end", key, deadline);
        }
        finally
        {
            // Ends a query that is still open.
            await either.CancelAsync();
        }
    }

    private static IEnumerable<JsonNode> GroupsOf(JsonObject job) => job["TaskGroups"]!.AsArray().Select(g => g!);

    private static string NameOf(JsonNode group) => group["Name"]!.GetValue<string>();

    private static bool IsFrontend(string group) => group == ContainerGroups.Frontend.Group;
}
