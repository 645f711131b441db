namespace ErpInstaller.Outside.Nomad;

/// <summary>What a node has: MHz, MiB.</summary>
public sealed record NomadNodeResources
{
    public NomadCpu Cpu { get; init; } = new();

    public NomadMemory Memory { get; init; } = new();
}

/// <summary>CPU in MHz.</summary>
public sealed record NomadCpu
{
    public long CpuShares { get; init; }

    public int TotalCpuCores { get; init; }
}

/// <summary>Memory in MiB.</summary>
public sealed record NomadMemory
{
    public long MemoryMB { get; init; }
}
