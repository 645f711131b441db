using System.Text.Json.Serialization;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>What a directory is for; in JSON as written here in lower case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DiskPurpose>))]
public enum DiskPurpose
{
    /// <summary>Docker's images, build cache and volumes.</summary>
    [JsonStringEnumMemberName("docker")]
    Docker,

    /// <summary>Images and build cache in containerd's own store, which newer engines use.</summary>
    [JsonStringEnumMemberName("images")]
    Images,

    /// <summary>Nomad's allocations.</summary>
    [JsonStringEnumMemberName("nomad")]
    Nomad,

    /// <summary>Temporary files.</summary>
    [JsonStringEnumMemberName("temporary")]
    Temporary,
}
