namespace ErpInstaller.Outside.Nomad;

/// <summary>What an allocation holds, by task: MHz, MiB.</summary>
public sealed record NomadAllocatedResources
{
    public Dictionary<string, NomadTaskResources> Tasks { get; init; } = [];
}

/// <summary>What a task holds.</summary>
public sealed record NomadTaskResources
{
    public NomadCpu Cpu { get; init; } = new();

    public NomadMemory Memory { get; init; } = new();
}
