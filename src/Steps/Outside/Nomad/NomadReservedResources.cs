namespace ErpInstaller.Outside.Nomad;

/// <summary>What a node keeps for itself: MHz, MiB.</summary>
public sealed record NomadReservedResources
{
    public NomadCpu? Cpu { get; init; }

    public NomadMemory? Memory { get; init; }
}
