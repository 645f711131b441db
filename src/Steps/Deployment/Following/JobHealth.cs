using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>Whether a job's allocations are as wanted, or can never be.</summary>
internal static class JobHealth
{
    /// <summary>
    /// Whether the newest allocation of a batch job is complete, or a service runs all its containers and none is
    /// unhealthy.
    /// </summary>
    public static bool IsWell(Job job, IReadOnlyList<NomadAllocation> allocations) =>
        job.IsBatch
            ? allocations.MaxBy(a => a.CreateIndex)?.ClientStatus == "complete"
            : job.Groups.All(g => allocations.Count(a => a.TaskGroup == g.Name && Serves(a)) >= g.Count);

    /// <summary>It failed, or waits for another attempt that cannot succeed.</summary>
    public static bool IsHopeless(NomadAllocation allocation) =>
        allocation.ClientStatus is "failed" or "lost" || (allocation.TaskStates ?? []).Values.Any(IsHopeless);

    private static bool IsHopeless(NomadTaskState state) =>
        state.State == "pending"
        && state.Events?.LastOrDefault(e => e.Type == "Driver Failure") is { } failure
        && ContainerFailures.Find(failure.DisplayMessage) is { IsFinal: true };

    /// <summary>Nomad has not decided about a deployment yet.</summary>
    public static bool IsAtWork(NomadDeployment? deployment) =>
        deployment is { Status: not ("successful" or "failed" or "cancelled") };

    // Nomad judges only allocations that a deployment placed. Later replacements (after a reboot or a lost node) serve
    // without that.
    private static bool Serves(NomadAllocation allocation) =>
        allocation is { ClientStatus: "running", DesiredStatus: "run" }
        && allocation.DeploymentStatus?.Healthy != false;
}
