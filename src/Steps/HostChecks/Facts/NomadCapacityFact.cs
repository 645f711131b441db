namespace ErpInstaller.HostChecks.Facts;

/// <summary>What a node has and what is taken of it; CPU in MHz as Nomad schedules by, memory in MiB.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="TotalMhz">All it schedules.</param>
/// <param name="TotalMemory">All it schedules.</param>
/// <param name="ReservedMhz">Kept for the system.</param>
/// <param name="ReservedMemory">Kept for the system.</param>
/// <param name="MhzPerCore">Attributes <c>cpu.totalcompute</c> by <c>cpu.numcores</c>.</param>
/// <param name="Jobs">What jobs hold there now: allocations that have not ended.</param>
/// <param name="Pinned">Groups of ours that run here and on no other node of the cluster.</param>
/// <param name="Others">The other nodes of a cluster; null: there are none.</param>
public sealed record NomadCapacityFact(
    string Node,
    long TotalMhz,
    long TotalMemory,
    long ReservedMhz,
    long ReservedMemory,
    double MhzPerCore,
    IReadOnlyList<JobHolding> Jobs,
    IReadOnlyList<string>? Pinned = null,
    IReadOnlyList<NomadCapacityFact>? Others = null
) : HostFact
{
    /// <summary>Free for us: what strangers and the system leave.</summary>
    public long FreeMhz => TotalMhz - ReservedMhz - Jobs.Where(j => !j.Ours).Sum(j => j.Mhz);

    /// <inheritdoc cref="FreeMhz"/>
    public long FreeMemory => TotalMemory - ReservedMemory - Jobs.Where(j => !j.Ours).Sum(j => j.Memory);
}
