using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment.Cluster;

/// <summary>The nodes that the answers mean make no cluster.</summary>
public sealed class ClusterUnfit(string message, string hint) : InstallerException(message, hint, ExitCode.StepFailed);
