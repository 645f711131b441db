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

    /// <summary>The engine labels containers for SELinux; null: unknown.</summary>
    public bool? HasSelinux { get; init; }

    /// <summary>With SELinux, the directories of this host's host volumes; null: not read.</summary>
    public IReadOnlyList<VolumeDirectory>? Directories { get; init; }
}

/// <summary>The directory of a host volume.</summary>
/// <param name="Volume">The volume's name.</param>
/// <param name="Context">Its SELinux context, for example <c>unconfined_u:object_r:var_t:s0</c>.</param>
internal sealed record VolumeDirectory(string Volume, string Path, string Context);
