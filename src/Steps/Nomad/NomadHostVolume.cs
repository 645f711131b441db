namespace ErpInstaller.Nomad;

/// <summary>A host volume that a client offers.</summary>
public sealed record NomadHostVolume
{
    public bool ReadOnly { get; init; }
}
