using ErpInstaller.Outside.Host;
using ErpInstaller.Rehearsal;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>The rehearsal's good host with a test's changes.</summary>
internal sealed class ScriptedHost(TimeProvider time) : IHost
{
    private readonly RehearsedHost _good = new(time);

    public Func<CpuReading>? Cpu { get; set; }

    public Func<MemoryReading>? Memory { get; set; }

    public Func<string, FileSystemReading>? FileSystem { get; set; }

    public IReadOnlyList<PortHolder> PortHolders { get; set; } = [];

    public HostIdentity? Identity { get; set; }

    public AuthorityFiles Authorities { get; set; } = AuthorityFiles.None;

    public Dictionary<string, string> Proxies { get; } = [];

    /// <summary>How often the CPUs were read: once per run of the checks.</summary>
    public int Surveys { get; private set; }

    public NetworkReading? Network { get; set; }

    /// <summary>The output of programs; null: the rehearsal's.</summary>
    public Func<string, IReadOnlyList<string>, string>? Answer { get; set; }

    /// <summary>A program that does not answer; null: each one answers.</summary>
    public string? Hanging { get; set; }

    public string TemporaryDirectory => _good.TemporaryDirectory;

    public string ContainerdDirectory => _good.ContainerdDirectory;

    public NetworkReading ReadNetwork(string? address) => Network ?? _good.ReadNetwork(address);

    public CpuReading ReadCpu()
    {
        Surveys++;
        return Cpu?.Invoke() ?? _good.ReadCpu();
    }

    public MemoryReading ReadMemory() => Memory?.Invoke() ?? _good.ReadMemory();

    public FileSystemReading ReadFileSystem(string path) => FileSystem?.Invoke(path) ?? _good.ReadFileSystem(path);

    public IReadOnlyList<PortHolder> ReadPortHolders(IReadOnlyCollection<int> ports) => PortHolders;

    public HostIdentity ReadIdentity() => Identity ?? _good.ReadIdentity();

    public bool? ReadClockSynchronised() => _good.ReadClockSynchronised();

    public AuthorityFiles ReadAddedAuthorities() => Authorities;

    public IReadOnlyDictionary<string, string> ReadProxies() => Proxies;

    public Task<string> AskProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    ) =>
        program == Hanging ? new TaskCompletionSource<string>().Task.WaitAsync(cancellation)
        : Answer is { } answer ? Task.FromResult(answer(program, arguments))
        : _good.AskProgramAsync(program, arguments, cancellation);

    public Task<DateTimeOffset?> AskTimeAsync(Uri server, CancellationToken cancellation) =>
        _good.AskTimeAsync(server, cancellation);
}
