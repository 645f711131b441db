namespace ErpInstaller.Docker;

/// <summary>The Docker engine on this host: the real one through its API, or the rehearsal's.</summary>
/// <remarks>Every member throws <see cref="DockerUnreachable"/> when the engine does not answer.</remarks>
public interface IDockerEngine
{
    /// <summary>Version, root directory, architecture.</summary>
    Task<DockerEngineInfo> GetInfoAsync(CancellationToken cancellation);

    /// <summary>An image of this engine by reference or id; null when it is not there.</summary>
    Task<DockerImage?> FindImageAsync(string reference, CancellationToken cancellation);

    /// <summary>A network by name; null when it is not there.</summary>
    Task<DockerNetwork?> FindNetworkAsync(string name, CancellationToken cancellation);

    /// <summary>Creates a user-defined bridge network.</summary>
    Task CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation);

    /// <summary>The containers that run now.</summary>
    Task<IReadOnlyList<DockerContainer>> ListContainersAsync(CancellationToken cancellation);
}
