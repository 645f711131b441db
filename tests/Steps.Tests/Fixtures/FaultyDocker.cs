using System.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A rehearsed engine with networks and volumes of others, a registry that breaks off, or no buildx.</summary>
internal sealed class FaultyDocker(TimeProvider time) : IDockerEngine
{
    private readonly RehearsedDocker _rehearsed = new(time);

    /// <summary>Networks that exist in addition to the installer's.</summary>
    public List<DockerNetwork> Networks { get; } = [];

    /// <summary>The volumes that exist.</summary>
    public List<DockerVolume> Volumes { get; } = [];

    /// <summary>The output of tasks in their containers, by <c>task/type</c>.</summary>
    public Dictionary<string, string> Output { get; } = [];

    /// <summary>The MTU of the network that was created last; null: the engine's default.</summary>
    public int? CreatedMtu { get; private set; }

    /// <summary>The engine's description of itself; null: the rehearsal's.</summary>
    public DockerEngineInfo? Info { get; set; }

    /// <summary>Who uses every image, so that none can be removed; null: nobody.</summary>
    public string? ImageUser { get; set; }

    /// <summary>The number of next pushes that the registry breaks off.</summary>
    public int BrokenPushes { get; set; }

    /// <summary>What a command in a container writes and how it ends; null: the rehearsal's.</summary>
    public ContainerRun? Executed { get; init; }

    /// <summary>False: the plugin buildx is not installed, so the engine's own builder builds.</summary>
    public bool HasBuildx { get; init; } = true;

    public Task<DockerNetwork?> FindNetworkAsync(string name, CancellationToken cancellation) =>
        Networks.Find(n => n.Name == name) is { } network
            ? Task.FromResult<DockerNetwork?>(network)
            : _rehearsed.FindNetworkAsync(name, cancellation);

    public Task<DockerVolume?> FindVolumeAsync(string name, CancellationToken cancellation) =>
        Volumes.Find(v => v.Name == name) is { } volume
            ? Task.FromResult<DockerVolume?>(volume)
            : _rehearsed.FindVolumeAsync(name, cancellation);

    public Task RemoveVolumeAsync(string name, CancellationToken cancellation) =>
        _rehearsed.RemoveVolumeAsync(name, cancellation);

    public Task RemoveNetworkAsync(string name, CancellationToken cancellation) =>
        _rehearsed.RemoveNetworkAsync(name, cancellation);

    public Task RemoveImageAsync(string reference, CancellationToken cancellation) =>
        ImageUser is { } user
            ? throw DockerRefused.Explain($"conflict: image is in use by {user}", new InvalidOperationException())
            : _rehearsed.RemoveImageAsync(reference, cancellation);

    public Task<string?> FindBuildxAsync(CancellationToken cancellation) =>
        HasBuildx ? _rehearsed.FindBuildxAsync(cancellation) : Task.FromResult<string?>(null);

    public Task<string> PushAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    ) =>
        BrokenPushes-- > 0
            ? throw RegistryFailed.Explain(
                reference,
                "write tcp 192.0.2.7:50612->192.0.2.9:5000: connection reset by peer"
            )
            : _rehearsed.PushAsync(reference, login, progress, cancellation);

    public Task<DockerEngineInfo> GetInfoAsync(CancellationToken cancellation) =>
        Info is null ? _rehearsed.GetInfoAsync(cancellation) : Task.FromResult(Info);

    public async Task<IReadOnlyList<DockerNetwork>> ListNetworksAsync(CancellationToken cancellation) =>
        [.. Networks, .. await _rehearsed.ListNetworksAsync(cancellation)];

    public Task<bool> ReadTaskLogAsync(TaskLogRequest log, Action<byte[]> take, CancellationToken cancellation)
    {
        if (Output.GetValueOrDefault($"{log.Task}/{log.Type}") is not { } text)
        {
            return Task.FromResult(false);
        }

        take(Encoding.UTF8.GetBytes(text));
        return Task.FromResult(true);
    }

    public Task<string> DescribeDiskAsync(CancellationToken cancellation) => _rehearsed.DescribeDiskAsync(cancellation);

    public Task<DockerImage?> FindImageAsync(string reference, CancellationToken cancellation) =>
        _rehearsed.FindImageAsync(reference, cancellation);

    public Task CreateNetworkAsync(
        string name,
        IReadOnlyDictionary<string, string> labels,
        int? mtu,
        CancellationToken cancellation
    )
    {
        CreatedMtu = mtu;
        return _rehearsed.CreateNetworkAsync(name, labels, mtu, cancellation);
    }

    public Task<IReadOnlyList<DockerContainer>> ListContainersAsync(CancellationToken cancellation) =>
        _rehearsed.ListContainersAsync(cancellation);

    public Task<string> BuildAsync(ImageBuild build, Action<BuildEvent> tell, CancellationToken cancellation) =>
        _rehearsed.BuildAsync(build, tell, cancellation);

    public Task<ContainerRun> RunAsync(
        string image,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? proxies,
        CancellationToken cancellation
    ) => _rehearsed.RunAsync(image, command, proxies, cancellation);

    public Task TagAsync(string image, string reference, CancellationToken cancellation) =>
        _rehearsed.TagAsync(image, reference, cancellation);

    public Task PullAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    ) => _rehearsed.PullAsync(reference, login, progress, cancellation);

    public Task<string?> FindInRegistryAsync(string reference, RegistryLogin? login, CancellationToken cancellation) =>
        _rehearsed.FindInRegistryAsync(reference, login, cancellation);

    public Task<ContainerUsage?> FindUsageAsync(string container, CancellationToken cancellation) =>
        _rehearsed.FindUsageAsync(container, cancellation);

    public Task<ContainerRun?> ExecuteAsync(
        string container,
        IReadOnlyList<string> command,
        CancellationToken cancellation
    ) =>
        Executed is null
            ? _rehearsed.ExecuteAsync(container, command, cancellation)
            : Task.FromResult<ContainerRun?>(Executed);
}
