namespace ErpInstaller.Outside.Docker;

/// <summary>A running container.</summary>
/// <param name="Ports">The host's ports that it publishes.</param>
/// <param name="Labels">Its labels; those that Nomad starts carry the allocation's id.</param>
public sealed record DockerContainer(
    string Id,
    string Name,
    string Image,
    IReadOnlyList<int> Ports,
    IReadOnlyDictionary<string, string> Labels
)
{
    /// <summary>
    /// The label with the id of the allocation, which Nomad sets on every container that it starts (Nomad,
    /// drivers/docker/driver.go).
    /// </summary>
    public const string AllocationLabel = "com.hashicorp.nomad.alloc_id";

    /// <summary>The name of a task's container (Nomad, drivers/docker/driver.go).</summary>
    public static string OfTask(string allocation, string task) => $"{task}-{allocation}";
}

/// <summary>The description of an engine by itself.</summary>
/// <param name="Version">For example <c>28.2.2</c>.</param>
/// <param name="ApiVersion">For example <c>1.50</c>.</param>
/// <param name="RootDirectory">The directory of images and volumes, on the engine's host.</param>
/// <param name="Architecture">The kernel's name for it: <c>x86_64</c>, <c>aarch64</c>.</param>
/// <param name="StorageDriver">For example <c>overlay2</c>.</param>
/// <param name="OwnContainerd">Whether it started containerd itself. Engines before 27 do not report it.</param>
public sealed record DockerEngineInfo(
    string Version,
    string ApiVersion,
    string RootDirectory,
    string Architecture,
    string StorageDriver,
    bool OwnContainerd = false
)
{
    /// <summary>The name of Docker's own component at <c>/version</c>.</summary>
    public const string Docker = "Engine";

    /// <summary>
    /// The component at <c>/version</c> that runs containers: <see cref="Docker"/>, or that of another program behind
    /// Docker's socket, for example <c>Podman Engine</c>.
    /// </summary>
    public string Product { get; init; } = Docker;

    /// <summary>The lowest API version that it takes, for example <c>1.24</c>.</summary>
    public string? MinApiVersion { get; init; }

    /// <summary>
    /// The names of its security options, for example <c>seccomp</c>, <c>selinux</c>, <c>rootless</c>, <c>userns</c>.
    /// </summary>
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>Images are in containerd's image store, not in the engine's root directory.</summary>
    public bool HasContainerdStore { get; init; }

    /// <summary>The address pools for new networks; empty: Docker's own.</summary>
    public IReadOnlyList<AddressPool> AddressPools { get; init; } = [];
}

/// <summary>Addresses that an engine gives to new networks.</summary>
/// <param name="Base">All of them, for example <c>172.20.0.0/14</c>.</param>
/// <param name="Size">The prefix length of one network, for example 16.</param>
public sealed record AddressPool(string Base, int Size);

/// <summary>An image of the engine.</summary>
/// <param name="Id"><c>sha256:…</c> of its configuration.</param>
/// <param name="Tags">Its references.</param>
/// <param name="Digests"><c>repository@sha256:…</c>, one per registry it was pushed to or pulled from.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="SizeBytes">Size of all its layers.</param>
public sealed record DockerImage(
    string Id,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Digests,
    IReadOnlyDictionary<string, string> Labels,
    long SizeBytes
);

/// <summary>A network of the engine.</summary>
/// <param name="Driver">For example <c>bridge</c>.</param>
/// <param name="Labels">Its labels, including those of the installer.</param>
public sealed record DockerNetwork(string Name, string Driver, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The engine's own bridge, for containers without a network of their own.</summary>
    public const string DefaultBridge = "bridge";

    /// <summary>The MTU that it was created with; null: the engine's default, 1500.</summary>
    public int? Mtu { get; init; }

    /// <summary>Its ranges of addresses, for example <c>172.18.0.0/16</c>.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];
}

/// <summary>A volume of the engine.</summary>
/// <param name="Driver">For example <c>local</c>.</param>
/// <param name="Labels">The labels that it was created with, including those of the installer.</param>
public sealed record DockerVolume(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);
