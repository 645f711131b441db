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

    /// <summary>Builds an image. Cancelling ends the build at the engine too.</summary>
    /// <param name="output">Is given every line of the build.</param>
    /// <exception cref="EngineRefused">A step of the Dockerfile failed.</exception>
    Task BuildAsync(ImageBuild build, Action<string> output, CancellationToken cancellation);

    /// <summary>Runs a command in a new container without network to its end, and removes the container.</summary>
    Task<ContainerRun> RunAsync(string image, IReadOnlyList<string> command, CancellationToken cancellation);

    /// <summary>Gives an image another reference.</summary>
    Task TagAsync(string image, string reference, CancellationToken cancellation);

    /// <summary>Pushes an image to the registry that its reference names.</summary>
    /// <param name="progress">Is given one line per layer and state.</param>
    /// <exception cref="EngineRefused">The registry does not take it.</exception>
    Task PushAsync(string reference, RegistryLogin? login, Action<string> progress, CancellationToken cancellation);

    /// <summary>Pulls an image.</summary>
    /// <exception cref="EngineRefused">There is none, or the registry does not give it.</exception>
    Task PullAsync(string reference, RegistryLogin? login, Action<string> progress, CancellationToken cancellation);
}
