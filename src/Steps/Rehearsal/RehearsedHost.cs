using ErpInstaller.Outside.Host;

namespace ErpInstaller.Rehearsal;

/// <summary>A host as the installation wants it: 8 cores, 16 GB, room, free ports, a clock that is right.</summary>
/// <param name="time">The world's clock; the servers' clocks agree with it.</param>
public sealed class RehearsedHost(TimeProvider time) : IHost
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
    public Task<string> AskProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    ) => Task.FromResult($"{program} {string.Join(' ', arguments)} (rehearsal)");

    /// <inheritdoc/>
    public Task<DateTimeOffset?> AskTimeAsync(Uri server, CancellationToken cancellation) =>
        Task.FromResult<DateTimeOffset?>(time.GetUtcNow());
}
