namespace ErpInstaller.Outside.Nomad;

/// <summary>A node as <c>GET /v1/nodes?resources=true</c> lists it; attributes come with <see cref="NomadNode"/> only.</summary>
public sealed record NomadNodeRow
{
    public string ID { get; init; } = "";

    public string Name { get; init; } = "";

    public string Address { get; init; } = "";

    public string Datacenter { get; init; } = "";

    public string NodePool { get; init; } = "default";

    public string Status { get; init; } = "";

    public string SchedulingEligibility { get; init; } = "";

    public bool Drain { get; init; }

    public string Version { get; init; } = "";
}
