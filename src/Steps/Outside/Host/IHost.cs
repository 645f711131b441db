using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Host;

/// <summary>The machine that the installer runs on: the real one, or the rehearsal's.</summary>
/// <remarks>Members that read files may block on a dead file system: call them in a thread that may wait.</remarks>
public interface IHost
{
    /// <summary>How many CPUs there are, and how many this process may use.</summary>
    CpuReading ReadCpu();

    /// <summary>How much memory there is, and how much this process may use.</summary>
    MemoryReading ReadMemory();

    /// <summary>The file system that holds a path, or would when it is created.</summary>
    FileSystemReading ReadFileSystem(string path);

    /// <summary>Where temporary files go.</summary>
    string TemporaryDirectory { get; }

    /// <summary>TCP sockets that listen on one of the ports and UDP sockets bound to one, with their owners where that may be seen.</summary>
    IReadOnlyList<PortHolder> ReadPortHolders(IReadOnlyCollection<int> ports);

    /// <summary>The machine's name, architecture and addresses.</summary>
    HostIdentity ReadIdentity();

    /// <summary>Whether the kernel's clock follows a time source; null when the kernel does not say.</summary>
    bool? ReadClockSynchronised();

    /// <summary>Runs a program of this host without input.</summary>
    /// <exception cref="ProgramUnavailable">There is no such program, or it fails.</exception>
    /// <returns>The first line that it prints.</returns>
    Task<string> AskProgramAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation);

    /// <summary>The time that a web server says it is, by the Date header (RFC 9110, 6.6.1; to the second); null when it does not answer with one.</summary>
    Task<DateTimeOffset?> AskTimeAsync(Uri server, CancellationToken cancellation);
}

/// <summary>A program of this host does not exist, or fails.</summary>
public sealed class ProgramUnavailable(string program, string reason, Exception? cause = null)
    : InstallerException(ErrorCode.ProgramUnavailable, $"{program}: {reason}", $"command -v {program}", cause);
