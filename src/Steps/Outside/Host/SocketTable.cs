using System.Globalization;
using System.Net;

namespace ErpInstaller.Outside.Host;

/// <summary>Reads from <c>/proc/net/{tcp,tcp6,udp,udp6}</c> (proc_pid_net(5)) which sockets hold which ports.</summary>
internal static class SocketTable
{
    // include/net/tcp_states.h: TCP_LISTEN, and TCP_CLOSE for an unconnected UDP socket.
    private const string Listening = "0A";
    private const string Unconnected = "07";

    /// <summary>Finds listening TCP sockets and bound UDP sockets on one of the ports, with their inodes.</summary>
    public static IEnumerable<(PortHolder Holder, long Inode)> Read(HostFiles files, IReadOnlyCollection<int> ports)
    {
        foreach (var table in new[] { "tcp", "tcp6", "udp", "udp6" })
        {
            foreach (var line in files.ReadLines($"/proc/net/{table}").Skip(1))
            {
                if (Parse(table.TrimEnd('6'), line) is { } socket && ports.Contains(socket.Holder.Port))
                {
                    yield return socket;
                }
            }
        }
    }

    private static (PortHolder Holder, long Inode)? Parse(string protocol, string line)
    {
        // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            fields.Length < 10
            || fields[3] != (protocol == "tcp" ? Listening : Unconnected)
            || fields[1].Split(':') is not [var address, var port]
        )
        {
            return null;
        }

        var holder = new PortHolder(
            protocol,
            ParseAddress(address),
            int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(fields[7], CultureInfo.InvariantCulture)
        );
        return (holder, long.Parse(fields[9], CultureInfo.InvariantCulture));
    }

    /// <summary>Parses an address. The kernel writes each 32 bits as one number in the machine's byte order.</summary>
    private static string ParseAddress(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var word = 0; word < bytes.Length && BitConverter.IsLittleEndian; word += 4)
        {
            bytes.AsSpan(word, 4).Reverse();
        }

        var address = new IPAddress(bytes);
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }
}
