namespace ErpInstaller.Outside.Docker;

/// <summary>The Docker engine on this host: the real one through its API, or the rehearsal's.</summary>
/// <remarks>
/// Every member throws <see cref="DockerUnreachable"/> when the engine does not answer, and <see cref="DockerRefused"/>
/// when it answers with an error that has no exception of its own.
/// </remarks>
public interface IDockerEngine
{
    /// <summary>The engine's identity and configuration, from one read of its version and its information.</summary>
    Task<DockerEngineInfo> GetInfoAsync(CancellationToken cancellation);

    /// <summary>
    /// For the operator: the file system of the engine's root, its free space, and the space that the engine uses.
    /// </summary>
    Task<string> DescribeDiskAsync(CancellationToken cancellation);

    /// <summary>An image of this engine by reference or id; null when it is not there.</summary>
    Task<DockerImage?> FindImageAsync(string reference, CancellationToken cancellation);

    /// <summary>A network by name; null when it is not there.</summary>
    Task<DockerNetwork?> FindNetworkAsync(string name, CancellationToken cancellation);

    /// <summary>All networks.</summary>
    Task<IReadOnlyList<DockerNetwork>> ListNetworksAsync(CancellationToken cancellation);

    /// <summary>Creates a user-defined bridge network.</summary>
    /// <param name="mtu">Its MTU in bytes; null: the engine's default, 1500.</param>
    Task CreateNetworkAsync(
        string name,
        IReadOnlyDictionary<string, string> labels,
        int? mtu,
        CancellationToken cancellation
    );

    /// <summary>A volume by name; null when it is not there.</summary>
    Task<DockerVolume?> FindVolumeAsync(string name, CancellationToken cancellation);

    /// <summary>Removes a volume with its content, and the ended containers of Nomad's tasks that use it.</summary>
    Task RemoveVolumeAsync(string name, CancellationToken cancellation);

    /// <summary>Removes a network.</summary>
    Task RemoveNetworkAsync(string name, CancellationToken cancellation);

    /// <summary>Removes the name of an image, and the image if it has no other.</summary>
    Task RemoveImageAsync(string reference, CancellationToken cancellation);

    /// <summary>The containers that run now.</summary>
    Task<IReadOnlyList<DockerContainer>> ListContainersAsync(CancellationToken cancellation);

    /// <summary>
    /// Reads what a task of Nomad wrote from its container. Unless configured otherwise, Nomad removes a container when
    /// it has ended.
    /// </summary>
    /// <param name="take">Receives each chunk.</param>
    /// <returns>False: this engine has no such container, or keeps no output of it.</returns>
    Task<bool> ReadTaskLogAsync(TaskLogRequest log, Action<byte[]> take, CancellationToken cancellation);

    /// <summary>
    /// What a running container has used so far. Two readings give its CPU; one that spans them takes two seconds.
    /// </summary>
    /// <param name="container">Its name or id; see <see cref="DockerContainer.OfTask"/>.</param>
    /// <returns>Null: this engine has no such container, or it does not run.</returns>
    Task<ContainerUsage?> FindUsageAsync(string container, CancellationToken cancellation);

    /// <summary>Runs a command in a running container to its end, without input.</summary>
    /// <param name="container">Its name or id; see <see cref="DockerContainer.OfTask"/>.</param>
    /// <returns>Null: this engine has no such container, or it does not run.</returns>
    Task<ContainerRun?> ExecuteAsync(string container, IReadOnlyList<string> command, CancellationToken cancellation);

    /// <summary>The version of <c>docker buildx</c>; null when it is not there or does not work.</summary>
    Task<string?> FindBuildxAsync(CancellationToken cancellation);

    /// <summary>Builds an image, which gets no name yet. Cancelling ends the build at the engine too.</summary>
    /// <param name="tell">Receives the events.</param>
    /// <returns>The image's id.</returns>
    /// <exception cref="BuildStopped">An instruction of the Dockerfile failed, or the builder itself.</exception>
    Task<string> BuildAsync(ImageBuild build, Action<BuildEvent> tell, CancellationToken cancellation);

    /// <summary>Runs a command in a new container to its end, and removes the container.</summary>
    /// <param name="command">The program with its arguments; the image's entrypoint is not used.</param>
    /// <param name="proxies">
    /// Null: the container has no network. Otherwise it has the engine's default network, and these variables name the
    /// proxies.
    /// </param>
    Task<ContainerRun> RunAsync(
        string image,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? proxies,
        CancellationToken cancellation
    );

    /// <summary>Gives an image another reference.</summary>
    Task TagAsync(string image, string reference, CancellationToken cancellation);

    /// <summary>Pushes an image to the registry that its reference names.</summary>
    /// <returns>Its digest, <c>sha256:…</c>.</returns>
    /// <exception cref="RegistryFailed">The registry refuses the image.</exception>
    Task<string> PushAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    );

    /// <summary>Pulls an image.</summary>
    /// <exception cref="RegistryFailed">The image does not exist, or the registry refuses it.</exception>
    Task PullAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    );

    /// <summary>Asks the registry itself for the digest of a reference; null when it has no such image.</summary>
    /// <exception cref="RegistryFailed">The registry does not answer, or refuses the login.</exception>
    Task<string?> FindInRegistryAsync(string reference, RegistryLogin? login, CancellationToken cancellation);
}

/// <summary>How a container that ran once ended.</summary>
/// <param name="Output">Its standard output and standard error.</param>
public sealed record ContainerRun(long ExitCode, string Output);

/// <summary>What a container has used.</summary>
/// <param name="Cpu">The CPU time since its start.</param>
/// <param name="MemoryBytes">Its memory now, without the cache of files.</param>
public sealed record ContainerUsage(TimeSpan Cpu, long MemoryBytes);

/// <summary>The installer's login at a registry.</summary>
/// <param name="Registry"><c>host[:port]</c>.</param>
public sealed record RegistryLogin(string Registry, string Username, string Password);

/// <summary>The output of a task of Nomad to read.</summary>
/// <param name="Allocation">The id of the task's allocation.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Type">stdout or stderr.</param>
/// <param name="Lines">Only the last lines; null: all.</param>
/// <param name="Follow">Whether to read until the container ends.</param>
public sealed record TaskLogRequest(string Allocation, string Task, string Type, int? Lines, bool Follow);
