using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// The plan of the deployment. Its jobs are registered at the planned modify indexes, or not at all.
/// </summary>
public sealed record DeploymentPlan : StepPlan
{
    /// <summary>The node that runs everything.</summary>
    public required NomadNode Node { get; init; }

    /// <summary>The jobs with what would change.</summary>
    public required JobSet<PlannedJob> Jobs { get; init; }

    /// <summary>The rotations of passwords that the init job applies.</summary>
    public required Rotations Rotations { get; init; }
}
