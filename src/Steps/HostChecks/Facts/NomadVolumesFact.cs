namespace ErpInstaller.HostChecks;

/// <summary>Whether the node's docker plugin mounts named volumes.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Enabled">Attribute <c>driver.docker.volumes.enabled</c>, which exists only when it is true.</param>
public sealed record NomadVolumesFact(string Node, bool Enabled) : HostFact;
