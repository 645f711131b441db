namespace ErpInstaller.Outside.Nomad;

/// <summary>A Nomad Variable.</summary>
public sealed record NomadVariable
{
    public string Namespace { get; init; } = "";

    public string Path { get; init; } = "";

    /// <summary>Its secrets.</summary>
    public Dictionary<string, string> Items { get; init; } = [];

    /// <summary>For check-and-set; 0 when it does not exist yet.</summary>
    public long ModifyIndex { get; init; }
}
