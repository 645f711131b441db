using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>The engine on this host, through its API.</summary>
/// <remarks>
/// It is found like the docker command does: <c>DOCKER_HOST</c>, then the current context, then
/// <c>unix:///var/run/docker.sock</c>.
/// </remarks>
internal sealed partial class DockerEngine : IDockerEngine, IDisposable
{
    // Below its exec-root, /var/run/docker for example; a containerd of the host has /run/containerd/containerd.sock.
    private const string OwnContainerd = "docker/containerd/containerd.sock";

    private const string MtuOption = "com.docker.network.driver.mtu";

    private readonly Uri? _endpoint;
    private readonly Buildx _buildx;
    private readonly EngineConnection _connection;

    /// <summary>Connects at the first call.</summary>
    /// <param name="endpoint">Its address; null to find it like the docker command.</param>
    /// <param name="configuration">Directory of the docker command's configuration and plugins; null for its
    /// default.</param>
    public DockerEngine(Uri? endpoint = null, string? configuration = null)
    {
        _endpoint = endpoint;
        _buildx = new Buildx(endpoint, configuration);
        _connection = new EngineConnection(endpoint);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <inheritdoc/>
    public async Task<DockerEngineInfo> GetInfoAsync(CancellationToken cancellation)
    {
        var version = await AskAsync((c, stop) => c.System.GetVersionAsync(stop), cancellation);
        var info = await AskAsync((c, stop) => c.System.GetSystemInfoAsync(stop), cancellation);
        return new DockerEngineInfo(
            version.Version,
            version.APIVersion,
            info.DockerRootDir,
            info.Architecture,
            info.Driver,
            info.Containerd?.Address?.EndsWith(OwnContainerd, StringComparison.Ordinal) == true
        )
        {
            Product = ProductOf(version),
            MinApiVersion = version.MinAPIVersion,
            SecurityOptions = [.. (info.SecurityOptions ?? []).Select(NameOfOption).OfType<string>()],
            HasContainerdStore = HasContainerdStore(info),
            AddressPools = [.. (info.DefaultAddressPools ?? []).Select(p => new AddressPool(p.Base, (int)p.Size))],
        };
    }

    /// <inheritdoc/>
    public async Task<DockerImage?> FindImageAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            var found = await AskAsync((c, stop) => c.Images.InspectImageAsync(reference, stop), cancellation);
            return new DockerImage(
                found.ID,
                [.. found.RepoTags ?? []],
                [.. found.RepoDigests ?? []],
                Copy(found.Config?.Labels),
                found.Size
            );
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<DockerNetwork?> FindNetworkAsync(string name, CancellationToken cancellation)
    {
        // Uses a filter, because inspecting by name also matches the beginning of an id.
        var filter = new NetworksListParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["name"] = new Dictionary<string, bool> { [name] = true },
            },
        };
        var found = await AskAsync((c, stop) => c.Networks.ListNetworksAsync(filter, stop), cancellation);
        return found.FirstOrDefault(n => n.Name == name) is { } network ? Describe(network) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DockerNetwork>> ListNetworksAsync(CancellationToken cancellation)
    {
        var all = new NetworksListParameters();
        var found = await AskAsync((c, stop) => c.Networks.ListNetworksAsync(all, stop), cancellation);
        return [.. found.Select(Describe)];
    }

    /// <inheritdoc/>
    public Task CreateNetworkAsync(
        string name,
        IReadOnlyDictionary<string, string> labels,
        int? mtu,
        CancellationToken cancellation
    )
    {
        var wanted = new NetworksCreateParameters
        {
            Name = name,
            Driver = "bridge",
            Labels = new Dictionary<string, string>(labels),
        };
        if (mtu is { } bytes)
        {
            wanted.Options = new Dictionary<string, string>
            {
                [MtuOption] = bytes.ToString(CultureInfo.InvariantCulture),
            };
        }

        return AskAsync((c, stop) => c.Networks.CreateNetworkAsync(wanted, stop), cancellation);
    }

    /// <inheritdoc/>
    public async Task<DockerVolume?> FindVolumeAsync(string name, CancellationToken cancellation)
    {
        var filter = new VolumesListParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["name"] = new Dictionary<string, bool> { [name] = true },
            },
        };
        var found = await AskAsync((c, stop) => c.Volumes.ListAsync(filter, stop), cancellation);
        return found.Volumes?.FirstOrDefault(v => v.Name == name) is { } volume
            ? new DockerVolume(volume.Name, volume.Driver, Copy(volume.Labels))
            : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DockerContainer>> ListContainersAsync(CancellationToken cancellation)
    {
        var running = new ContainersListParameters();
        var found = await AskAsync((c, stop) => c.Containers.ListContainersAsync(running, stop), cancellation);
        return [.. found.Select(Describe)];
    }

    private Task<T> AskAsync<T>(Func<DockerClient, CancellationToken, Task<T>> question, CancellationToken stop) =>
        OrRefusedAsync(_connection.AskAsync(question, stop));

    private static async Task<T> OrRefusedAsync<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (DockerApiException e) when (e is not DockerImageNotFoundException)
        {
            throw DockerRefused.Explain(MessageOf(e), e);
        }
    }

    // Docker names itself "Engine". Podman and others list their own program first.
    private static string ProductOf(VersionResponse version)
    {
        var names = (version.Components ?? []).Select(c => c.Name).Where(n => n is { Length: > 0 }).ToList();
        return names.Count == 0 || names.Contains(DockerEngineInfo.Docker) ? DockerEngineInfo.Docker : names[0];
    }

    // "name=seccomp,profile=default"
    private static string? NameOfOption(string option) =>
        option.Split(',').FirstOrDefault(p => p.StartsWith("name=", StringComparison.Ordinal))?["name=".Length..];

    // Pairs of a name and a value (moby, daemon/containerd/service.go).
    private static bool HasContainerdStore(SystemInfoResponse info) =>
        (info.DriverStatus ?? []).Any(p => p is ["driver-type", "io.containerd.snapshotter.v1"]);

    private static DockerNetwork Describe(NetworkResponse network) =>
        new(network.Name, network.Driver, Copy(network.Labels))
        {
            Mtu = int.TryParse(
                Copy(network.Options).GetValueOrDefault(MtuOption),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var mtu
            )
                ? mtu
                : null,
            Subnets = [.. (network.IPAM?.Config ?? []).Select(c => c.Subnet).Where(s => s is { Length: > 0 })],
        };

    private static DockerContainer Describe(ContainerListResponse container) =>
        new(
            container.ID,
            container.Names?.FirstOrDefault()?.TrimStart('/') ?? "",
            container.Image,
            [.. (container.Ports ?? []).Select(p => (int)(p.PublicPort ?? 0)).Where(p => p > 0).Distinct().Order()],
            Copy(container.Labels)
        );

    // The engine omits empty values.
    private static Dictionary<string, string> Copy(IDictionary<string, string>? labels) =>
        new(labels ?? new Dictionary<string, string>());
}
