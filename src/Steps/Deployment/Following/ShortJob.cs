using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Follows a batch job of one container by the lines that it writes. The log is read while the container runs: Nomad
/// may remove it as soon as the container ends.
/// </summary>
/// <param name="id">The job's id.</param>
/// <param name="task">The task that writes.</param>
/// <param name="lines">How many of its last lines are read.</param>
internal sealed class ShortJob(StepContext context, string id, string task, int lines)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(700);

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly TaskOutput _output = new(context.World.Nomad, context.World.Docker);
    private readonly NomadRetry _retry = new(context, tokenWorked: true);

    /// <summary>
    /// Follows a version of the job until its output is complete, or its allocation ended before that.
    /// </summary>
    /// <param name="begun">Called once, when the container starts.</param>
    /// <param name="heard">
    /// Receives the lines so far, or null if the token may not read logs. Returns true when the output is complete.
    /// </param>
    /// <returns>The allocation that ended before its output was complete; null when it is complete.</returns>
    public async Task<NomadAllocation?> FollowAsync(
        long version,
        Action begun,
        Func<IReadOnlyList<string>?, bool> heard,
        CancellationToken cancellation
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var stop = end.Token;
        var watch = new Watch<List<NomadAllocation>>(i =>
            _retry.AskPacedAsync(() => _nomad.GetAllocationsAsync(id, i, stop), stop)
        );
        var runs = false;
        try
        {
            while (true)
            {
                await Task.WhenAny(watch.Pending, Task.Delay(Pace, context.World.Time, stop));
                await watch.TakeAsync();
                if (Newest(watch.Value, version) is not { } newest || newest.ClientStatus == "pending")
                {
                    stop.ThrowIfCancellationRequested();
                    continue;
                }

                if (!runs)
                {
                    runs = true;
                    begun();
                }

                if (heard(await ReadAsync(newest, stop)))
                {
                    return null;
                }

                if (newest.IsTerminal)
                {
                    return newest;
                }
            }
        }
        finally
        {
            // Cancels the blocking query.
            await end.CancelAsync();
        }
    }

    /// <summary>The last lines of an allocation; null: the token may not read logs; empty: there is no log.</summary>
    public async Task<IReadOnlyList<string>?> ReadAsync(NomadAllocation allocation, CancellationToken stop)
    {
        try
        {
            return await _output.TailAsync(allocation.ID, task, "stdout", lines, stop);
        }
        catch (NomadDenied)
        {
            return null;
        }
        catch (Exception e) when (e is NomadUnreachable or NomadLogMissing)
        {
            return [];
        }
    }

    private static NomadAllocation? Newest(List<NomadAllocation>? allocations, long version) =>
        allocations?.Where(a => a.JobVersion == version).MaxBy(a => a.CreateIndex);
}
