using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Host;

/// <summary>The machine that the installer runs on: the real one, or the rehearsal's.</summary>
/// <remarks>Members that read files can block on a dead file system: call them on a thread that may wait.</remarks>
public interface IHost
{
    /// <summary>Reads the number of CPUs, and how many of them this process may use.</summary>
    CpuReading ReadCpu();

    /// <summary>Reads the amount of memory, and how much of it this process may use.</summary>
    MemoryReading ReadMemory();

    /// <summary>Finds the file system that holds a path, or that would hold it once it is created.</summary>
    FileSystemReading ReadFileSystem(string path);

    /// <summary>The directory for temporary files.</summary>
    string TemporaryDirectory { get; }

    /// <summary>The directory of this host's containerd: its images, if Docker keeps them there.</summary>
    string ContainerdDirectory { get; }

    /// <summary>Reads the MTU and the ranges of addresses of the host's network.</summary>
    /// <param name="address">An address of this host that other hosts use; null: unknown.</param>
    NetworkReading ReadNetwork(string? address);

    /// <summary>
    /// Finds the sockets that hold one of the ports (TCP: listening; UDP: bound), with their owners if this user may
    /// see them.
    /// </summary>
    IReadOnlyList<PortHolder> ReadPortHolders(IReadOnlyCollection<int> ports);

    /// <summary>Reads the machine's name, architecture and addresses.</summary>
    HostIdentity ReadIdentity();

    /// <summary>Reads whether the kernel's clock follows a time source; null: unknown.</summary>
    bool? ReadClockSynchronised();

    /// <summary>Reads the CAs that an administrator added to those of the operating system.</summary>
    AuthorityFiles ReadAddedAuthorities();

    /// <summary>Reads the variables that name proxies, in both spellings; those that are set.</summary>
    IReadOnlyDictionary<string, string> ReadProxies();

    /// <summary>Runs a program of this host with empty input.</summary>
    /// <exception cref="ProgramUnavailable">The program is not installed, or it fails.</exception>
    /// <returns>The first line of its output.</returns>
    Task<string> AskProgramAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation);

    /// <summary>
    /// Reads the Date header of a web server (RFC 9110, 6.6.1; resolution one second); null when it does not answer
    /// with one.
    /// </summary>
    Task<DateTimeOffset?> AskTimeAsync(Uri server, CancellationToken cancellation);
}

/// <summary>A program of this host does not exist, or fails.</summary>
internal sealed class ProgramUnavailable(string program, string reason, Exception? cause = null)
    : InstallerException(ErrorCode.ProgramUnavailable, $"{program}: {reason}", $"command -v {program}", cause);
