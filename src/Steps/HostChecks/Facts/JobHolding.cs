namespace ErpInstaller.HostChecks.Facts;

/// <summary>What a job's allocations hold of a node.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="Mhz">CPU.</param>
/// <param name="Memory">MiB.</param>
/// <param name="Ours">It is one of this installation's jobs.</param>
public sealed record JobHolding(string Job, long Mhz, long Memory, bool Ours);
