namespace ErpInstaller.HostChecks.Facts;

/// <summary>A node's resources and their use. CPU is in MHz, the unit of Nomad's scheduler; memory is in MiB.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="TotalMhz">CPU of the node.</param>
/// <param name="TotalMemory">Memory of the node.</param>
/// <param name="ReservedMhz">CPU that the client reserves for the system.</param>
/// <param name="ReservedMemory">Memory that the client reserves for the system.</param>
/// <param name="MhzPerCore">Attribute <c>cpu.totalcompute</c> divided by <c>cpu.numcores</c>; 0: Nomad found no speed.
/// </param>
/// <param name="Jobs">The resources that running and pending allocations hold, by job.</param>
/// <param name="Pinned">Our groups that can run on this node of the cluster only.</param>
/// <param name="Others">The other nodes of a cluster; null: a single node.</param>
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
    /// <summary>Nomad found the speed of the node's CPU, so that it can place tasks there.</summary>
    public bool KnowsSpeed => TotalMhz > 0 && MhzPerCore > 0;

    /// <summary>Free for this installation: the total without the reservation and without other jobs.</summary>
    public long FreeMhz => TotalMhz - ReservedMhz - Jobs.Where(j => !j.Ours).Sum(j => j.Mhz);

    /// <inheritdoc cref="FreeMhz"/>
    public long FreeMemory => TotalMemory - ReservedMemory - Jobs.Where(j => !j.Ours).Sum(j => j.Memory);
}
