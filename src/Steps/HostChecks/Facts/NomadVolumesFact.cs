namespace ErpInstaller.HostChecks.Facts;

/// <summary>Whether the node's docker plugin mounts named volumes, and which host volumes the node has.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Enabled">Attribute <c>driver.docker.volumes.enabled</c>, which exists only when it is true.</param>
/// <param name="Others">The other nodes of a cluster; null: a single node.</param>
internal sealed record NomadVolumesFact(string Node, bool Enabled, IReadOnlyList<NomadVolumesFact>? Others = null)
    : HostFact
{
    /// <summary>Names of the node's host volumes; null: the node has none.</summary>
    public IReadOnlyList<string>? HostVolumes { get; init; }
}
