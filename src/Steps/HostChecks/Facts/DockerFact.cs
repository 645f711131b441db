using ErpInstaller.Outside.Docker;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>The Docker engine.</summary>
/// <param name="Version">For example <c>28.2.2</c>; null: the engine does not answer.</param>
/// <param name="ApiVersion">For example <c>1.50</c>.</param>
/// <param name="RootDirectory">The directory that holds images and volumes.</param>
/// <param name="Problem">Why the engine does not answer.</param>
/// <param name="Hint">What to do about that.</param>
public sealed record DockerFact(
    string? Version,
    string? ApiVersion = null,
    string? RootDirectory = null,
    string? Problem = null,
    string? Hint = null
) : HostFact
{
    /// <summary>The program behind Docker's socket, <see cref="DockerEngineInfo.Product"/>; null: Docker.</summary>
    public string? Product { get; init; }

    /// <inheritdoc cref="DockerEngineInfo.SecurityOptions"/>
    public IReadOnlyList<string>? SecurityOptions { get; init; }

    /// <inheritdoc cref="DockerEngineInfo.StorageDriver"/>
    public string? StorageDriver { get; init; }
}
