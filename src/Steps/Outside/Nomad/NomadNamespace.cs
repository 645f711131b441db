namespace ErpInstaller.Outside.Nomad;

/// <summary>A namespace: <c>GET /v1/namespace/:name</c>.</summary>
public sealed record NomadNamespace
{
    public string Name { get; init; } = "";
}
