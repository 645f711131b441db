using System.Globalization;

namespace ErpInstaller.Outside.Host;

/// <summary>Finds the processes that own sockets, as far as this user may see them.</summary>
internal static class SocketOwners
{
    /// <summary>Inode of a socket → the first process that has it open, and the process's name.</summary>
    public static IReadOnlyDictionary<long, (int ProcessId, string Program)> Find(
        HostFiles files,
        IReadOnlySet<long> inodes
    )
    {
        var owners = new Dictionary<long, (int, string)>();
        foreach (var process in Processes(files))
        {
            foreach (var inode in OpenSockets(files, process).Where(inodes.Contains))
            {
                owners.TryAdd(inode, (process, files.Read($"/proc/{process}/comm") ?? "?"));
            }

            if (owners.Count == inodes.Count)
            {
                break;
            }
        }

        return owners;
    }

    // Ascending process ids: a server comes before its workers.
    private static IEnumerable<int> Processes(HostFiles files) =>
        Directory
            .EnumerateDirectories(files.At("/proc"))
            .Select(d =>
                int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0
            )
            .Where(id => id > 0)
            .Order();

    private static List<long> OpenSockets(HostFiles files, int process)
    {
        const string Prefix = "socket:[";
        var sockets = new List<long>();
        try
        {
            foreach (var descriptor in Directory.EnumerateFileSystemEntries(files.At($"/proc/{process}/fd")))
            {
                if (
                    new FileInfo(descriptor).LinkTarget is { } target
                    && target.StartsWith(Prefix, StringComparison.Ordinal)
                    && long.TryParse(
                        target.AsSpan(Prefix.Length).TrimEnd(']'),
                        CultureInfo.InvariantCulture,
                        out var inode
                    )
                )
                {
                    sockets.Add(inode);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or a process that has just ended: its sockets have no known owner.
            return sockets;
        }

        return sockets;
    }
}
