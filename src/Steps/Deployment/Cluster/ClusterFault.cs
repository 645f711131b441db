namespace ErpInstaller.Deployment.Cluster;

/// <summary>A reason why nodes make no cluster.</summary>
/// <param name="Fault">What is wrong, with which node.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record ClusterFault(string Fault, string Hint);
