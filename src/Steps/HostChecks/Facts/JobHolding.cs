namespace ErpInstaller.HostChecks.Facts;

/// <summary>The resources of a node that a job's allocations hold.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Mhz">CPU, in MHz.</param>
/// <param name="Memory">Memory, in MiB.</param>
/// <param name="Ours">True for a job of this installation.</param>
public sealed record JobHolding(string Job, long Mhz, long Memory, bool Ours);
