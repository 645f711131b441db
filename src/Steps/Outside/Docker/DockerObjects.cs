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
);

/// <summary>What an engine says of itself.</summary>
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
);

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
public sealed record DockerNetwork(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);

/// <summary>A volume of the engine.</summary>
/// <param name="Driver">For example <c>local</c>.</param>
/// <param name="Labels">The labels that it was created with, including those of the installer.</param>
public sealed record DockerVolume(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);
