using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment.Following;

/// <summary>Nomad gave a deployment up.</summary>
public sealed class DeploymentFailed(string job, string description)
    : InstallerException(
        $"{job}: {description}",
        $"nomad job status {job}; the reason is in the events of its allocations.",
        ExitCode.StepFailed
    );
