using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>Publishes the state of each container of a job when it changes.</summary>
internal sealed class ContainerReporter(StepReporter report)
{
    private readonly Dictionary<(string Allocation, string Task), ContainerSeen> _told = [];

    /// <summary>Publishes the changes in these allocations.</summary>
    public void Tell(IEnumerable<NomadAllocation> allocations)
    {
        foreach (var allocation in allocations)
        {
            foreach (var (task, state) in allocation.TaskStates ?? [])
            {
                Tell(allocation, task, state);
            }
        }
    }

    private void Tell(NomadAllocation allocation, string task, NomadTaskState state)
    {
        var last = state.Events?.LastOrDefault()?.DisplayMessage ?? "";
        var seen = new ContainerSeen(
            report.Step,
            allocation.JobID,
            allocation.TaskGroup,
            task,
            allocation.ID,
            state.State,
            allocation.DeploymentStatus?.Healthy,
            state.Failed,
            state.Restarts,
            last.ReplaceLineEndings(" ")
        );
        if (_told.GetValueOrDefault((allocation.ID, task)) != seen)
        {
            _told[(allocation.ID, task)] = seen;
            report.Container(seen);
        }
    }
}
