namespace ErpInstaller.Outside.Nomad;

/// <summary>A task driver of a node.</summary>
public sealed record NomadDriver
{
    public bool Detected { get; init; }

    public bool Healthy { get; init; }

    public string HealthDescription { get; init; } = "";
}
