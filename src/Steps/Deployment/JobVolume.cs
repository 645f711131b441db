namespace ErpInstaller.Deployment;

/// <summary>A host volume that a group's tasks mount; it runs only on nodes that have it.</summary>
/// <param name="Name">By which tasks mount it.</param>
/// <param name="Source">Its name in the client's configuration.</param>
public sealed record JobVolume(string Name, string Source);
