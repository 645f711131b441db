namespace ErpInstaller.Outside.Nomad;

/// <summary>The answer to validating a job. Driver configuration is not looked at (facts of Nomad 1.4 to 2.0).</summary>
public sealed record NomadValidation
{
    public string? Error { get; init; }

    public string? Warnings { get; init; }
}
