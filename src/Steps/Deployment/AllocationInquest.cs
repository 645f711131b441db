using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>Finds out why a container does not run: its events, and the last lines that it wrote.</summary>
internal sealed class AllocationInquest(NomadClient nomad)
{
    private const int LogLines = 20;

    /// <summary>Throws what was found; returns when there is no allocation to look at.</summary>
    /// <exception cref="AllocationFailed">Always, for an allocation.</exception>
    public async Task HoldAsync(NomadAllocation? allocation, CancellationToken stop)
    {
        if (allocation is not null)
        {
            throw await LookAsync(allocation, stop);
        }
    }

    /// <summary>What was found, as the failure that it would be.</summary>
    public async Task<AllocationFailed> LookAsync(NomadAllocation allocation, CancellationToken stop) =>
        AllocationFailed.From(allocation, await LastLinesAsync(allocation, stop));

    private async Task<IReadOnlyList<string>> LastLinesAsync(NomadAllocation allocation, CancellationToken stop)
    {
        var task = AllocationFailed.Worst(allocation).Task;
        try
        {
            var lines = await nomad.TailAsync(allocation.ID, task, "stderr", LogLines, stop);
            return lines.Count > 0 ? lines : await nomad.TailAsync(allocation.ID, task, "stdout", LogLines, stop);
        }
        catch (Exception e) when (e is NomadUnreachable or NomadDenied)
        {
            return [$"(its log could not be read: {e.Message})"];
        }
    }
}
