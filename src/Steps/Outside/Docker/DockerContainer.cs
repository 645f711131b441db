namespace ErpInstaller.Outside.Docker;

/// <summary>A running container.</summary>
/// <param name="Ports">Ports of the host that it publishes.</param>
/// <param name="Labels">Its labels; those that Nomad starts carry the allocation's id.</param>
public sealed record DockerContainer(
    string Id,
    string Name,
    string Image,
    IReadOnlyList<int> Ports,
    IReadOnlyDictionary<string, string> Labels
);
