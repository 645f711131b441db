namespace ErpInstaller.Outside.Nomad;

/// <summary>What a deployment thinks of an allocation.</summary>
public sealed record NomadAllocationHealth
{
    /// <summary>Null: not judged yet.</summary>
    public bool? Healthy { get; init; }
}
