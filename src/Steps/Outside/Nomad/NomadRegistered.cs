namespace ErpInstaller.Outside.Nomad;

/// <summary>The answer to registering a job.</summary>
public sealed record NomadRegistered
{
    /// <summary>To follow; empty for a job that only waits for a time.</summary>
    public string EvalID { get; init; } = "";

    public long JobModifyIndex { get; init; }

    public string? Warnings { get; init; }
}
