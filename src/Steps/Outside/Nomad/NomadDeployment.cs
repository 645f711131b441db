namespace ErpInstaller.Outside.Nomad;

/// <summary>A deployment: <c>GET /v1/deployment/:id</c>.</summary>
public sealed record NomadDeployment
{
    public string ID { get; init; } = "";

    public string JobID { get; init; } = "";

    public long JobVersion { get; init; }

    /// <summary>running, successful, failed, cancelled, paused, blocked, unblocking, pending.</summary>
    public string Status { get; init; } = "";

    public string StatusDescription { get; init; } = "";

    public Dictionary<string, NomadDeploymentGroup>? TaskGroups { get; init; }
}

/// <summary>How many allocations of a group a deployment wants and has.</summary>
public sealed record NomadDeploymentGroup
{
    public int DesiredTotal { get; init; }

    public int HealthyAllocs { get; init; }

    public int UnhealthyAllocs { get; init; }

    public int PlacedAllocs { get; init; }
}
