namespace ErpInstaller.Deployment.Jobs;

/// <summary>A host volume that a group's tasks mount; it runs only on nodes that have it.</summary>
/// <param name="Name">By which tasks mount it.</param>
/// <param name="Source">Its name in the client's configuration.</param>
/// <param name="ReadOnly">Nothing writes into it; else it runs only where the client lets them.</param>
public sealed record JobVolume(string Name, string Source, bool ReadOnly = false);
