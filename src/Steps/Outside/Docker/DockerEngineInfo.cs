namespace ErpInstaller.Outside.Docker;

/// <summary>What an engine says of itself.</summary>
/// <param name="Version">For example <c>28.2.2</c>.</param>
/// <param name="ApiVersion">For example <c>1.50</c>.</param>
/// <param name="RootDirectory">Where it keeps images and volumes, on the engine's host.</param>
/// <param name="Architecture">As the engine's kernel calls it: <c>x86_64</c>, <c>aarch64</c>.</param>
/// <param name="StorageDriver">For example <c>overlay2</c>.</param>
/// <param name="OwnContainerd">It started containerd itself, as far as it tells: engines before 27 do not.</param>
public sealed record DockerEngineInfo(
    string Version,
    string ApiVersion,
    string RootDirectory,
    string Architecture,
    string StorageDriver,
    bool OwnContainerd = false
);
