namespace ErpInstaller.Outside.Nomad;

/// <summary>A task of an allocation.</summary>
public sealed record NomadTaskState
{
    /// <summary>pending, running, dead.</summary>
    public string State { get; init; } = "";

    public bool Failed { get; init; }

    public int Restarts { get; init; }

    public List<NomadTaskEvent>? Events { get; init; }
}
