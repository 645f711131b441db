using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Containers;

/// <summary>Restarts the containers of a group, one after the other, so that a scaled group goes on serving.</summary>
public sealed class ContainerRestart(Installation installation)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly NomadClient _nomad = installation.World.Nomad;
    private readonly ContainerFinder _finder = new(installation);

    /// <summary>Restarts those that run, and waits until each of them runs again.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="InstallerException">
    /// None runs, the token lacks <c>alloc-lifecycle</c>, or one did not run again within 5 minutes.
    /// </exception>
    public async Task<int> RestartAsync(ContainerGroup group, CancellationToken cancellation)
    {
        await _finder.FindRunningAsync(group, cancellation);
        var running = (await _finder.ListAsync(group, cancellation)).Where(c => c.IsRunning).ToList();
        foreach (var container in running)
        {
            await _nomad.RestartAsync(container.Allocation.ID, container.Task, cancellation);
            await WaitAsync(container, cancellation);
        }

        return running.Count;
    }

    private async Task WaitAsync(Container before, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, installation.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            long? index = null;
            while (true)
            {
                var answer = await _nomad.GetAllocationsAsync(_finder.JobOf(before.Group), index, either.Token);
                index = answer.Index;
                var now = ContainerFinder
                    .ContainersOf(before.Group, answer.Value)
                    .FirstOrDefault(c => c.Allocation.ID == before.Allocation.ID && c.Task == before.Task);
                if (now is { IsRunning: true } && RestartsOf(now) > RestartsOf(before))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw ContainerErrors.NotRunning(before.Group);
        }
    }

    private static int RestartsOf(Container container) =>
        container.Allocation.TaskStates?.GetValueOrDefault(container.Task)?.Restarts ?? 0;
}
