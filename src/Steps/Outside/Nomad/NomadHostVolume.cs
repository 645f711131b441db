namespace ErpInstaller.Outside.Nomad;

/// <summary>A host volume that a client offers.</summary>
public sealed record NomadHostVolume
{
    /// <summary>The directory on the node.</summary>
    public string Path { get; init; } = "";

    public bool ReadOnly { get; init; }
}
