using ErpInstaller.Outside.Host;

namespace ErpInstaller.Rehearsal;

/// <summary>A host that passes every check: 8 cores, 16 GB, free disk space, free ports, the right time.</summary>
/// <param name="time">The clock of this host and of the servers that it asks.</param>
internal sealed class RehearsedHost(TimeProvider time) : IHost
{
    private static readonly FileSystemReading Disk = new(
        "259:2",
        "/",
        "ext4",
        TotalBytes: 250_000_000_000,
        FreeBytes: 180_000_000_000
    );

    /// <inheritdoc/>
    public string TemporaryDirectory => "/tmp";

    /// <inheritdoc/>
    public string ContainerdDirectory => "/var/lib/containerd";

    /// <inheritdoc/>
    public NetworkReading ReadNetwork(string? address) => new(Mtu: 1500, ["192.0.2.0/24"]);

    /// <inheritdoc/>
    public CpuReading ReadCpu() => new(Online: 8, Allowed: 8);

    /// <inheritdoc/>
    public MemoryReading ReadMemory() => new(Total: 16_378_000L * 1024);

    /// <inheritdoc/>
    public FileSystemReading ReadFileSystem(string path) => Disk;

    /// <inheritdoc/>
    public IReadOnlyList<PortHolder> ReadPortHolders(IReadOnlyCollection<int> ports) => [];

    /// <inheritdoc/>
    public HostIdentity ReadIdentity() => new("rehearsal", "x86_64", ["127.0.0.1", "::1", "192.0.2.10"]);

    /// <inheritdoc/>
    public bool? ReadClockSynchronised() => true;

    /// <inheritdoc/>
    public AuthorityFiles ReadAddedAuthorities() => AuthorityFiles.None;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ReadProxies() => new Dictionary<string, string>();

    /// <inheritdoc/>
    public Task<string> AskProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    ) => Task.FromResult($"{program} {string.Join(' ', arguments)} (rehearsal)");

    /// <inheritdoc/>
    public Task<DateTimeOffset?> AskTimeAsync(Uri server, CancellationToken cancellation) =>
        Task.FromResult<DateTimeOffset?>(time.GetUtcNow());
}
