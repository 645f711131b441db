namespace ErpInstaller.Outside.Nomad;

/// <summary>An evaluation: <c>GET /v1/evaluation/:id</c>.</summary>
public sealed record NomadEvaluation
{
    public string ID { get; init; } = "";

    /// <summary>pending, complete, failed, blocked, canceled.</summary>
    public string Status { get; init; } = "";

    /// <summary>For example <c>job-register</c>.</summary>
    public string TriggeredBy { get; init; } = "";

    public long CreateIndex { get; init; }

    public string? StatusDescription { get; init; }

    /// <summary>Null when nothing changed, and for batch jobs.</summary>
    public string? DeploymentID { get; init; }

    /// <summary>The evaluation that waits for resources, if one does.</summary>
    public string? BlockedEval { get; init; }

    public string? NextEval { get; init; }

    public Dictionary<string, NomadPlacementFailure>? FailedTGAllocs { get; init; }
}
