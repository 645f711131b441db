namespace ErpInstaller.Nomad;

/// <summary>What is asked of an existing job: <c>GET /v1/job/:id</c>.</summary>
public sealed record NomadJobSummary
{
    public string ID { get; init; } = "";

    /// <summary>pending, running, dead.</summary>
    public string Status { get; init; } = "";

    public string Type { get; init; } = "";

    public bool Stop { get; init; }

    public long JobModifyIndex { get; init; }

    public long Version { get; init; }

    /// <summary>Says whose job it is.</summary>
    public Dictionary<string, string>? Meta { get; init; }
}
