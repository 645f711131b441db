using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Outside.Host;

/// <summary>This machine, read from the kernel's files.</summary>
/// <param name="root">The directory with <c>/proc</c> and <c>/sys</c>: <c>/</c>, or a captured tree.</param>
internal sealed class LinuxHost(string root = "/") : IHost
{
    private static readonly TimeSpan TimeServerPatience = TimeSpan.FromSeconds(5);
    private readonly HostFiles _files = new(root);

    /// <inheritdoc/>
    public string TemporaryDirectory => Path.GetTempPath();

    /// <inheritdoc/>
    public string ContainerdDirectory => Docker.ContainerdDirectory.In(_files.Read(Docker.ContainerdDirectory.File));

    /// <inheritdoc/>
    public NetworkReading ReadNetwork(string? address) => RouteTable.Read(_files, address);

    /// <inheritdoc/>
    public CpuReading ReadCpu() => new ProcessorReader(_files, ControlGroups()).Read();

    /// <inheritdoc/>
    public MemoryReading ReadMemory() => new MemoryReader(_files, ControlGroups()).Read();

    /// <inheritdoc/>
    public FileSystemReading ReadFileSystem(string path) => FileSystemReader.Read(path, MountTable.Read(_files));

    /// <inheritdoc/>
    public IReadOnlyList<PortHolder> ReadPortHolders(IReadOnlyCollection<int> ports)
    {
        var sockets = SocketTable.Read(_files, ports).ToList();
        var owners = SocketOwners.Find(_files, sockets.Select(s => s.Inode).ToHashSet());
        return
        [
            .. sockets.Select(s =>
                owners.TryGetValue(s.Inode, out var owner)
                    ? s.Holder with
                    {
                        ProcessId = owner.ProcessId,
                        Program = owner.Program,
                    }
                    : s.Holder
            ),
        ];
    }

    /// <inheritdoc/>
    public HostIdentity ReadIdentity() =>
        new(
            Environment.MachineName,
            RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "x86_64",
                Architecture.Arm64 => "aarch64",
                var other => other.ToString().ToLowerInvariant(),
            },
            [
                .. NetworkInterface
                    .GetAllNetworkInterfaces()
                    .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                    .Select(a => a.Address.ToString().Split('%')[0])
                    .Distinct(),
            ]
        );

    /// <inheritdoc/>
    public bool? ReadClockSynchronised() => KernelClock.IsSynchronised();

    /// <inheritdoc/>
    public AuthorityFiles ReadAddedAuthorities() => HostAuthorities.ReadAdded(_files);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> ReadProxies() => ProxyVariables.Of(Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public async Task<string> AskProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    )
    {
        try
        {
            var result = await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(e => e.Set("LC_ALL", "C"))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            return result.ExitCode == 0
                ? FirstLine(result.StandardOutput)
                : throw new ProgramUnavailable(
                    $"{program} {string.Join(' ', arguments)}",
                    FirstLine(result.StandardError)
                );
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ProgramUnavailable(program, "not installed", e);
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> AskTimeAsync(Uri server, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeServerPatience };
        using var request = new HttpRequestMessage(HttpMethod.Head, server);
        try
        {
            using var response = await client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellation
            );
            return response.Headers.Date;
        }
        catch (Exception e)
            when (e is HttpRequestException
                || (e is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            return null;
        }
    }

    private ControlGroups ControlGroups() => new(_files, MountTable.Read(_files));

    private static string FirstLine(string text) => TerminalText.Clean(text.Trim().Split('\n')[0].Trim());
}
