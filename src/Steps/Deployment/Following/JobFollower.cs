using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Follows a registered job with blocking queries until it is healthy or cannot become healthy. It waits while Nomad
/// does not answer. Every wait ends at the deadline of the answers.
/// </summary>
internal sealed class JobFollower(StepContext context, Job job, string deadlineKey, int deadlineMinutes)
{
    // Restarts follow each other within seconds. The services that a container needs were healthy before. After this
    // many failures, the container itself must be broken. The number is below JobPolicies.RestartAttempts, after which
    // Nomad waits.
    private const int RestartsOfALoop = 4;
    private const int LinesOfAnEnd = 3;

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly NomadRetry _retry = new(context, tokenWorked: true);
    private readonly ContainerReporter _containers = new(context.Report);
    private readonly Dictionary<string, int> _restartsBefore = [];
    private readonly HashSet<string> _ended = [];
    private AllocationDiagnosis _diagnosis = new(OutputOf(context));
    private InitLog? _log;
    private string _reached = $"{job.Id}: waiting for Nomad";
    private IReadOnlyDictionary<string, NomadPlacementFailure> _unplaced =
        new Dictionary<string, NomadPlacementFailure>();

    /// <summary>The part of the step's progress that belongs to this job.</summary>
    public (double From, double To) Share { get; init; } = (0, 1);

    /// <summary>
    /// Registers the job if it is unchanged since the plan, and follows it to its end, before the deadline.
    /// </summary>
    /// <exception cref="InstallerException">The job failed, or the deadline passed.</exception>
    public Task RegisterAndFollowAsync(PlannedJob planned, CancellationToken cancellation) =>
        WithDeadlineAsync(
            async stop => await FollowToEndAsync(await new JobRegistration(context, planned).RegisterAsync(stop), stop),
            cancellation
        );

    /// <summary>Registers the job, and waits until those of its allocations that it stops have ended.</summary>
    /// <param name="isMeant">Selects the allocations to wait for.</param>
    /// <exception cref="InstallerException">An allocation still ran at the deadline.</exception>
    public Task RegisterAndWaitForEndsAsync(
        PlannedJob planned,
        Func<NomadAllocation, bool> isMeant,
        CancellationToken cancellation
    ) =>
        WithDeadlineAsync(
            async stop =>
            {
                await new JobRegistration(context, planned).RegisterAsync(stop);
                var watch = new Watch<List<NomadAllocation>>(i =>
                    _retry.AskPacedAsync(() => _nomad.GetAllocationsAsync(job.Id, i, stop), stop)
                );
                while (true)
                {
                    await watch.Pending;
                    await watch.TakeAsync();
                    var running = (watch.Value ?? [])
                        .Where(a => isMeant(a) && a.ClientStatus is "running" or "pending")
                        .ToList();
                    if (running.Count == 0)
                    {
                        return;
                    }

                    Tell(
                        $"{job.Id}: waiting for {string.Join(", ", running.Select(a => a.TaskGroup).Distinct())} to end"
                    );
                }
            },
            cancellation
        );

    private Task FollowToEndAsync(NomadRegistered registered, CancellationToken stop) =>
        job.IsBatch ? FollowBatchAsync(registered, stop) : FollowServiceAsync(registered, stop);

    private async Task FollowServiceAsync(NomadRegistered registered, CancellationToken stop)
    {
        var evaluation = await WaitForEvaluationAsync(registered.EvalID, stop);
        if (evaluation.DeploymentID is { Length: > 0 } own)
        {
            await WaitForDeploymentAsync(own, stop);
            return;
        }

        // Nothing changed, so there is no new deployment. The previous one may still be in progress, or a container may
        // be down.
        if (
            await _retry.AskAsync(() => _nomad.FindNewestDeploymentAsync(job.Id, stop), stop) is
            { Status: not "successful" } before
        )
        {
            await WaitForDeploymentAsync(before.ID, stop);
        }

        await WaitForAllocationsAsync(
            found => JobHealth.IsWell(job, found),
            found => found.Where(a => a.DesiredStatus == "run"),
            stop
        );
    }

    private async Task FollowBatchAsync(NomadRegistered registered, CancellationToken stop)
    {
        await WaitForEvaluationAsync(registered.EvalID, stop);

        // Allocations of earlier versions belong to earlier runs.
        var version = (await _retry.AskAsync(() => _nomad.FindJobAsync(job.Id, stop), stop))?.Version ?? 0;
        IEnumerable<NomadAllocation> Newest(List<NomadAllocation> found) =>
            found.Where(a => a.JobVersion == version).OrderByDescending(a => a.CreateIndex).Take(1);
        await using var log = new InitLog(context, job);
        (_log, _diagnosis) = (log, new AllocationDiagnosis(OutputOf(context), log));
        await WaitForAllocationsAsync(found => Newest(found).Any(a => a.ClientStatus == "complete"), Newest, stop);
        await log.ReadToEndAsync(stop);
        TellWorks();
    }

    private void TellWorks()
    {
        foreach (var (doing, ratio) in _log?.Take() ?? [])
        {
            Tell($"{job.Id}: {doing}", ratio);
        }
    }

    private async Task WithDeadlineAsync(Func<CancellationToken, Task> follow, CancellationToken cancellation)
    {
        var deadline = TimeSpan.FromMinutes(deadlineMinutes);
        using var timer = new CancellationTokenSource(deadline, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            await follow(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw RunErrors.StepTimedOut(_reached, deadlineKey, deadline);
        }
        finally
        {
            // Blocked queries are no longer needed.
            await either.CancelAsync();
        }
    }

    private async Task<NomadEvaluation> WaitForEvaluationAsync(string id, CancellationToken stop)
    {
        var watch = new Watch<NomadEvaluation>(i =>
            _retry.AskPacedAsync(() => _nomad.GetEvaluationAsync(id, i, stop), stop)
        );
        while (true)
        {
            await watch.Pending;
            await watch.TakeAsync();
            switch (watch.Value)
            {
                case null:
                    // The evaluation was removed already. Its results are checked separately.
                    return new NomadEvaluation { ID = id };
                case { Status: "failed" or "canceled" } e:
                    throw FollowingErrors.DeploymentFailed(job.Id, $"evaluation {e.Status}: {e.StatusDescription}");
                case { Status: "complete" } e:
                    _unplaced = e.FailedTGAllocs ?? [];
                    return e;
            }
        }
    }

    // Both are watched: events of containers do not change a deployment, and a deployment ends after its containers.
    private async Task WaitForDeploymentAsync(string id, CancellationToken stop)
    {
        var deployment = new Watch<NomadDeployment>(i =>
            _retry.AskPacedAsync(() => _nomad.GetDeploymentAsync(id, i, stop), stop)
        );
        var allocations = new Watch<List<NomadAllocation>>(i =>
            _retry.AskPacedAsync(() => _nomad.GetAllocationsAsync(job.Id, i, stop), stop)
        );
        while (true)
        {
            await Task.WhenAny(deployment.Pending, allocations.Pending);
            await deployment.TakeAsync();
            await allocations.TakeAsync();

            var ours = OursOf(allocations.Value, deployment.Value);
            _containers.Tell(ours);
            if (deployment.Value?.Status == "successful")
            {
                // The list may be older than the deployment, which succeeds only after each container was healthy.
                var last = OursOf(
                    (await _retry.AskAsync(() => _nomad.GetAllocationsAsync(job.Id, index: null, stop), stop)).Value,
                    deployment.Value
                );
                _containers.Tell(
                    last.Select(a => a with { DeploymentStatus = new NomadAllocationHealth { Healthy = true } })
                );
                Tell(deployment.Value, []);
                return;
            }

            Tell(deployment.Value, ours);

            await FailEarlyAsync(ours, stop);
            if (deployment.Value is { Status: "failed" or "cancelled" } ended)
            {
                // The failure of the deployment may arrive before those of its allocations.
                var now = (
                    await _retry.AskAsync(() => _nomad.GetAllocationsAsync(job.Id, index: null, stop), stop)
                ).Value
                    ?? [];
                await _diagnosis.HoldAsync(
                    now.FirstOrDefault(a => a.JobVersion == ended.JobVersion && a.DeploymentStatus?.Healthy == false),
                    stop
                );
                throw FollowingErrors.DeploymentFailed(job.Id, ended.StatusDescription);
            }
        }
    }

    // Lists of allocations do not name the deployment, but the job's version identifies it.
    private static List<NomadAllocation> OursOf(List<NomadAllocation>? found, NomadDeployment? deployment) =>
        [.. (found ?? []).Where(a => a.JobVersion == deployment?.JobVersion && a.DesiredStatus == "run")];

    private async Task WaitForAllocationsAsync(
        Func<List<NomadAllocation>, bool> isWell,
        Func<List<NomadAllocation>, IEnumerable<NomadAllocation>> current,
        CancellationToken stop
    )
    {
        var watch = new Watch<List<NomadAllocation>>(i =>
            _retry.AskPacedAsync(() => _nomad.GetAllocationsAsync(job.Id, i, stop), stop)
        );
        while (true)
        {
            await Task.WhenAny(watch.Pending, _log?.Changed ?? watch.Pending);
            await watch.TakeAsync();
            var ours = current(watch.Value ?? []).ToList();
            ours.ForEach(a => _log?.Watch(a));
            _containers.Tell(ours);
            TellWorks();
            if (_log is not { HasProgress: true })
            {
                Tell(Words(job.Id, ours), _log is null ? null : 0);
            }

            if (isWell(watch.Value ?? []))
            {
                return;
            }

            await FailEarlyAsync(ours, stop);
        }
    }

    // A failed container is reported within seconds. The deployment itself would fail only at its own deadline.
    private async Task FailEarlyAsync(IReadOnlyList<NomadAllocation> allocations, CancellationToken stop)
    {
        foreach (var allocation in allocations)
        {
            var restarts = AllocationFailed.Worst(allocation).State?.Restarts ?? 0;
            _restartsBefore.TryAdd(allocation.ID, restarts);
            var since = restarts - _restartsBefore[allocation.ID];
            if (JobHealth.IsHopeless(allocation) || since >= RestartsOfALoop)
            {
                await _diagnosis.HoldAsync(allocation, stop);
            }
            else if (since > 0 && _ended.Add(allocation.ID))
            {
                await TellEndAsync(allocation, stop);
            }
        }
    }

    // Nomad restarts it after a while. The operator sees the cause of the failure before that.
    private async Task TellEndAsync(NomadAllocation allocation, CancellationToken stop)
    {
        var found = await _diagnosis.LookAsync(allocation, stop);
        context.Report.Log($"{found.Message}; Nomad restarts it", LogLevel.Warning);
        foreach (var line in found.Details.TakeLast(LinesOfAnEnd))
        {
            context.Report.Log($"  | {line}", LogLevel.Warning);
        }
    }

    private void Tell(NomadDeployment? deployment, IReadOnlyList<NomadAllocation> allocations)
    {
        if (deployment is null)
        {
            // There is no answer yet.
            return;
        }

        var wanted = deployment.TaskGroups?.Values.Sum(g => g.DesiredTotal) ?? 0;
        var healthy = deployment.TaskGroups?.Values.Sum(g => g.HealthyAllocs) ?? 0;

        // The list may be older than the deployment. If all are healthy there, no container is waiting.
        List<NomadAllocation> waiting =
            healthy == wanted ? [] : [.. allocations.Where(a => a.DeploymentStatus?.Healthy != true)];
        Tell(
            Words($"{job.Id}: {healthy} of {wanted} healthy", waiting, allocations),
            wanted == 0 ? null : (double)healthy / wanted
        );
    }

    private string Words(
        string head,
        IReadOnlyList<NomadAllocation> told,
        IReadOnlyList<NomadAllocation>? placed = null
    )
    {
        var unplaced = _unplaced
            .Where(u => (placed ?? told).All(a => a.TaskGroup != u.Key))
            .Select(u => $"{u.Key}: waiting for resources: {u.Value.Describe()}");
        return string.Join("; ", new[] { head }.Concat(unplaced).Concat(told.Select(AllocationWords.Of)));
    }

    private void Tell(string reached, double? ratio = null)
    {
        if (reached != _reached)
        {
            _reached = reached;
            context.Report.Progress(reached, ratio is { } part ? Share.From + ((Share.To - Share.From) * part) : null);
        }
    }

    private static TaskOutput OutputOf(StepContext context) => new(context.World.Nomad, context.World.Docker);
}
