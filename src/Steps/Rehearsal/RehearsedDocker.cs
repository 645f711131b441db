using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ErpInstaller.Core.Files;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// A Docker engine that builds nothing. It records the images, networks and digests that a real one would have. A build
/// reports the instructions of the Dockerfile, as a real builder does.
/// </summary>
internal sealed partial class RehearsedDocker : IDockerEngine
{
    private const long PretendedSize = 3_200_000_000;

    // Docker Hub has the base images of the releases.
    private const string BaseImages = "frappe/";
    private readonly string? _path;
    private readonly TimeProvider _time;
    private readonly JsonObject _content;

    /// <param name="file">Its state from one run to the next; null if the state is in memory only.</param>
    public RehearsedDocker(TimeProvider time, string? file = null)
    {
        _time = time;
        _path = file;
        _content = RehearsalFile.Read(file) ?? [];
    }

    /// <summary>The duration of a build's command, and of a layer of a push or pull.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.Zero;

    /// <inheritdoc/>
    public Task<DockerEngineInfo> GetInfoAsync(CancellationToken cancellation) =>
        Task.FromResult(new DockerEngineInfo("28.2.2", "1.50", "/var/lib/docker", "x86_64", "overlay2"));

    /// <inheritdoc/>
    public Task<string> DescribeDiskAsync(CancellationToken cancellation) =>
        Task.FromResult("/var/lib/docker: 0.0 of 50.0 GB free");

    /// <inheritdoc/>
    public Task<DockerImage?> FindImageAsync(string reference, CancellationToken cancellation) =>
        Task.FromResult(
            Table("Images")[reference] is { } image
                ? new DockerImage(
                    image.Text("Id"),
                    [reference],
                    image["Digest"] is { } digest ? [digest.GetValue<string>()] : [],
                    TextsOf(image["Labels"]!.AsObject()),
                    PretendedSize
                )
                : null
        );

    /// <inheritdoc/>
    public Task<DockerNetwork?> FindNetworkAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(
            Table("Networks")[name] is JsonObject labels ? new DockerNetwork(name, "bridge", TextsOf(labels)) : null
        );

    /// <inheritdoc/>
    public Task<IReadOnlyList<DockerNetwork>> ListNetworksAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DockerNetwork>>([
            new DockerNetwork(DockerNetwork.DefaultBridge, "bridge", new Dictionary<string, string>())
            {
                Subnets = ["172.17.0.0/16"],
            },
            .. Table("Networks").Select(n => new DockerNetwork(n.Key, "bridge", TextsOf(n.Value!.AsObject()))),
        ]);

    /// <inheritdoc/>
    public Task CreateNetworkAsync(
        string name,
        IReadOnlyDictionary<string, string> labels,
        int? mtu,
        CancellationToken cancellation
    )
    {
        Table("Networks")[name] = Map(labels);

        // Nomad makes the volumes with the containers of the network.
        foreach (var volume in (string[])["db-data", "redis-queue-data", "sites", "logs"])
        {
            Table("Volumes")[$"{name}-{volume}"] = Map(labels);
        }

        Save();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<DockerVolume?> FindVolumeAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(
            Table("Volumes")[name] is JsonObject labels ? new DockerVolume(name, "local", TextsOf(labels)) : null
        );

    /// <inheritdoc/>
    public Task RemoveVolumeAsync(string name, CancellationToken cancellation) => RemoveAsync("Volumes", name);

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(string name, CancellationToken cancellation) => RemoveAsync("Networks", name);

    /// <inheritdoc/>
    public Task RemoveImageAsync(string reference, CancellationToken cancellation) => RemoveAsync("Images", reference);

    private Task RemoveAsync(string table, string name)
    {
        Table(table).Remove(name);
        Save();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DockerContainer>> ListContainersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DockerContainer>>([]);

    /// <summary>The rehearsed Nomad has the logs.</summary>
    public Task<bool> ReadTaskLogAsync(TaskLogRequest log, Action<byte[]> take, CancellationToken cancellation) =>
        Task.FromResult(false);

    /// <summary>The rehearsed Nomad publishes what its containers use.</summary>
    public Task<ContainerUsage?> FindUsageAsync(string container, CancellationToken cancellation) =>
        Task.FromResult<ContainerUsage?>(null);

    /// <inheritdoc/>
    public Task<ContainerRun?> ExecuteAsync(
        string container,
        IReadOnlyList<string> command,
        CancellationToken cancellation
    ) => Task.FromResult<ContainerRun?>(new ContainerRun(0, RehearsedInside.AnswerTo(command)));

    /// <inheritdoc/>
    public Task<string?> FindBuildxAsync(CancellationToken cancellation) =>
        Task.FromResult<string?>("docker buildx version (rehearsal)");

    /// <inheritdoc/>
    public async Task<string> BuildAsync(ImageBuild build, Action<BuildEvent> tell, CancellationToken cancellation)
    {
        foreach (
            var instruction in build.Dockerfile.Split('\n').Where(l => l.Length > 0 && char.IsAsciiLetterUpper(l[0]))
        )
        {
            tell(new BuildEvent.Started(instruction));
            if (instruction.StartsWith("RUN ", StringComparison.Ordinal))
            {
                await PauseAsync(cancellation);
            }

            tell(new BuildEvent.Done(instruction, Cached: false));
        }

        var id = Sha(build.Dockerfile);
        Table("Images")[id] = new JsonObject { ["Id"] = id, ["Labels"] = LabelsOf(build.Dockerfile) };
        Save();
        return id;
    }

    /// <inheritdoc/>
    public Task<ContainerRun> RunAsync(
        string image,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? proxies,
        CancellationToken cancellation
    ) => Task.FromResult(new ContainerRun(0, "erp-installer: looked\n"));

    /// <inheritdoc/>
    public Task TagAsync(string image, string reference, CancellationToken cancellation)
    {
        Table("Images")[reference] = Table("Images")[image]?.DeepClone();
        Save();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string> PushAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    )
    {
        var image = Table("Images")[reference]
            ?? throw RegistryFailed.Explain(reference, "An image does not exist locally with this tag");
        await TransferAsync(progress, cancellation);
        var digest = Sha(reference);
        image["Digest"] = DigestOf(reference, digest);
        Table("Registry")[reference] = digest;
        Save();
        return digest;
    }

    /// <inheritdoc/>
    public async Task PullAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    )
    {
        await TransferAsync(progress, cancellation);
        Table("Images")[reference] = new JsonObject
        {
            ["Id"] = Sha(reference),
            ["Labels"] = new JsonObject(),
            ["Digest"] = DigestOf(reference, Sha(reference)),
        };
        Save();
    }

    /// <inheritdoc/>
    public Task<string?> FindInRegistryAsync(string reference, RegistryLogin? login, CancellationToken cancellation) =>
        Task.FromResult(
            Table("Registry")[reference]?.GetValue<string>()
                ?? (reference.StartsWith(BaseImages, StringComparison.Ordinal) ? Sha(reference) : null)
        );

    private async Task TransferAsync(Action<TransferProgress> progress, CancellationToken cancellation)
    {
        const int Layers = 8;
        for (var done = 0; done <= Layers; done++)
        {
            progress(
                new TransferProgress(done, Layers, PretendedSize / Layers * done, PretendedSize, (double)done / Layers)
            );
            await PauseAsync(cancellation);
        }
    }

    private static JsonObject LabelsOf(string dockerfile) =>
        new(
            Label()
                .Matches(
                    dockerfile.Split('\n').LastOrDefault(l => l.StartsWith("LABEL ", StringComparison.Ordinal)) ?? ""
                )
                .Select(m => KeyValuePair.Create(m.Groups[1].Value, (JsonNode?)m.Groups[2].Value))
        );

    [GeneratedRegex("([^ =]+)=\"([^\"]*)\"")]
    private static partial Regex Label();

    private Task PauseAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Pace > TimeSpan.Zero ? Task.Delay(Pace, _time, cancellation) : Task.CompletedTask;
    }

    private JsonObject Table(string name)
    {
        if (_content[name] is not JsonObject table)
        {
            _content[name] = table = [];
        }

        return table;
    }

    private void Save()
    {
        if (_path is not null)
        {
            AtomicFile.Write(_path, _content.ToJsonString());
        }
    }

    private static string DigestOf(string reference, string digest) =>
        $"{ImageReference.Familiar(ImageReference.Repository(reference))}@{digest}";

    private static Dictionary<string, string> TextsOf(JsonObject labels) =>
        labels.ToDictionary(l => l.Key, l => l.Value!.GetValue<string>());

    private static JsonObject Map(IReadOnlyDictionary<string, string> labels) =>
        new(labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value)));

    private static string Sha(string text) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
