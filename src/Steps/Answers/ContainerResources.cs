namespace ErpInstaller.Answers;

/// <summary>A <c>[resources.GROUP]</c> table.</summary>
public sealed record ContainerResources
{
    /// <summary>CPU reserved for one container, in millicores. A reservation, not a limit.</summary>
    public int Cpu { get; init; }

    /// <summary>Memory of one container, in MiB. A hard limit.</summary>
    public int Memory { get; init; }
}
