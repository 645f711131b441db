using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>What the deployment would do; its jobs are registered at the indexes that were planned with, or not at all.</summary>
public sealed record DeploymentPlan : StepPlan
{
    /// <summary>The node that runs everything.</summary>
    public required NomadNode Node { get; init; }

    /// <summary>Data, init, application.</summary>
    public required IReadOnlyList<PlannedJob> Jobs { get; init; }

    /// <summary>The rotations of passwords that the init job hands on.</summary>
    public required Rotations Rotations { get; init; }
}
