namespace ErpInstaller.Deployment.Jobs;

/// <summary>Where a task mounts a host volume of its group.</summary>
/// <param name="Volume">The <see cref="JobVolume"/>'s name.</param>
/// <param name="Destination">Absolute path in the container.</param>
/// <param name="ReadOnly">The task cannot write into it.</param>
public sealed record JobVolumeMount(string Volume, string Destination, bool ReadOnly = false);
