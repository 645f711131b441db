using System.Text.Json.Serialization;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>What a directory holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DiskPurpose>))]
internal enum DiskPurpose
{
    /// <summary>Docker's images, build cache and volumes.</summary>
    [JsonStringEnumMemberName("docker")]
    Docker,

    /// <summary>Images and build cache in containerd's image store, the default of newer Docker engines.</summary>
    [JsonStringEnumMemberName("images")]
    Images,

    /// <summary>Nomad's allocations.</summary>
    [JsonStringEnumMemberName("nomad")]
    Nomad,

    /// <summary>Temporary files.</summary>
    [JsonStringEnumMemberName("temporary")]
    Temporary,
}
