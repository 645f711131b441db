using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>
/// Follows what registering a job set going, by blocking queries, until it is healthy or it is clear that it will not be.
/// A Nomad that does not answer for a while is waited for; every wait ends at the deadline of the answers.
/// </summary>
internal sealed class JobFollower(StepContext context, Job job, string deadlineKey, int deadlineMinutes)
{
    private const int LogLines = 20;
    private const int RestartsOfALoop = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private readonly NomadClient _nomad = context.World.Nomad;
    private string _reached = $"{job.Id}: waiting for Nomad";

    /// <summary>Follows the evaluation's deployment until Nomad calls it successful.</summary>
    /// <exception cref="InstallerException">It failed, or the deadline passed.</exception>
    public Task FollowServiceAsync(string evaluation, CancellationToken cancellation) => WithDeadlineAsync(
        async stop =>
        {
            var ended = await WaitForEvaluationAsync(evaluation, stop);
            if (ended.DeploymentID is { Length: > 0 } deployment)
            {
                await WaitForDeploymentAsync(deployment, stop);
            }
        },
        cancellation);

    /// <summary>Follows the job's newest allocation until it is complete.</summary>
    /// <exception cref="InstallerException">It failed, or the deadline passed.</exception>
    public Task FollowBatchAsync(string evaluation, CancellationToken cancellation) => WithDeadlineAsync(
        async stop =>
        {
            await WaitForEvaluationAsync(evaluation, stop);
            await WaitForCompletionAsync(stop);
        },
        cancellation);

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
            throw new StepTimedOut(_reached, deadlineKey, deadline);
        }
    }

    private async Task<NomadEvaluation> WaitForEvaluationAsync(string id, CancellationToken stop)
    {
        long? index = null;
        while (true)
        {
            var answer = await AskAsync(() => _nomad.GetEvaluationAsync(id, index, stop), stop);
            index = Next(index, answer.Index);
            switch (answer.Value)
            {
                case { Status: "failed" or "canceled" } e:
                    throw new DeploymentFailed(job.Id, $"evaluation {e.Status}: {e.StatusDescription}");
                case { Status: "complete" } e:
                    if (e.FailedTGAllocs is { Count: > 0 } groups)
                    {
                        Tell($"{job.Id}: waiting for resources: {string.Join("; ", groups.Select(g => $"{g.Key}: {g.Value.Describe()}"))}");
                    }

                    return e;
            }
        }
    }

    private async Task WaitForDeploymentAsync(string id, CancellationToken stop)
    {
        long? index = null;
        while (true)
        {
            var allocations = await AskAsync(() => _nomad.GetAllocationsAsync(job.Id, index, stop), stop);
            index = Next(index, allocations.Index);
            var deployment = (await AskAsync(() => _nomad.GetDeploymentAsync(id, index: null, stop), stop)).Value;
            var ours = (allocations.Value ?? []).Where(a => a.DeploymentID == id && a.DesiredStatus == "run").ToList();
            Tell(deployment, ours);
            await FailEarlyAsync(ours, stop);
            switch (deployment?.Status)
            {
                case "successful":
                    return;
                case "failed" or "cancelled":
                    await ExplainAsync(ours, stop);
                    throw new DeploymentFailed(job.Id, deployment.StatusDescription);
            }
        }
    }

    private async Task WaitForCompletionAsync(CancellationToken stop)
    {
        long? index = null;
        while (true)
        {
            var answer = await AskAsync(() => _nomad.GetAllocationsAsync(job.Id, index, stop), stop);
            index = Next(index, answer.Index);
            var newest = answer.Value?.MaxBy(a => a.CreateIndex);
            if (newest is null)
            {
                continue;
            }

            Tell($"{job.Id}: {AllocationWords.Of(newest)}");
            if (newest.ClientStatus == "complete")
            {
                return;
            }

            await FailEarlyAsync([newest], stop);
        }
    }

    // A failed container is told within seconds; the deployment itself would fail only at its deadline.
    private async Task FailEarlyAsync(IReadOnlyList<NomadAllocation> allocations, CancellationToken stop)
    {
        var broken = allocations.FirstOrDefault(a => a.ClientStatus is "failed" or "lost")
            ?? allocations.FirstOrDefault(a => AllocationFailed.Worst(a).State is { Restarts: >= RestartsOfALoop });
        if (broken is not null)
        {
            await ExplainAsync([broken], stop);
        }
    }

    private async Task ExplainAsync(IReadOnlyList<NomadAllocation> allocations, CancellationToken stop)
    {
        var broken = allocations.FirstOrDefault(a => a.ClientStatus == "failed") ?? allocations.FirstOrDefault(a => a.DeploymentStatus?.Healthy == false);
        if (broken is null)
        {
            return;
        }

        var task = AllocationFailed.Worst(broken).Task;
        var lines = await _nomad.TailAsync(broken.ID, task, "stderr", LogLines, stop);
        throw AllocationFailed.From(broken, lines.Count > 0 ? lines : await _nomad.TailAsync(broken.ID, task, "stdout", LogLines, stop));
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NomadUnreachable e)
            {
                // Leaders change and agents restart: what was registered goes on meanwhile.
                context.Report.Log($"{e.Message}; asked again in {pause.TotalSeconds:0} s", LogLevel.Warning);
                await Task.Delay(pause, context.World.Time, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    // An index that went down means a restored server: begin anew.
    private static long? Next(long? known, long seen) => known is { } before && seen < before ? null : seen;

    private void Tell(NomadDeployment? deployment, IReadOnlyList<NomadAllocation> allocations)
    {
        var wanted = deployment?.TaskGroups?.Values.Sum(g => g.DesiredTotal) ?? 0;
        var healthy = deployment?.TaskGroups?.Values.Sum(g => g.HealthyAllocs) ?? 0;
        var waiting = allocations.Where(a => a.DeploymentStatus?.Healthy != true).Select(AllocationWords.Of).ToList();
        Tell($"{job.Id}: {healthy} of {wanted} healthy" + (waiting.Count == 0 ? "" : $"; {string.Join(", ", waiting)}"), wanted == 0 ? null : (double)healthy / wanted);
    }

    private void Tell(string reached, double? ratio = null)
    {
        _reached = reached;
        context.Report.Progress(reached, ratio);
    }
}
