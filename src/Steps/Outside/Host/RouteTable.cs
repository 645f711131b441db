using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;

namespace ErpInstaller.Outside.Host;

/// <summary>Reads <c>/proc/net/route</c> (proc_pid_net(5)) and the MTU of interfaces (sysfs-class-net).</summary>
internal static class RouteTable
{
    /// <summary>Reads the host's network.</summary>
    /// <param name="address">An address of this host that other hosts use; null: only the default route counts.</param>
    public static NetworkReading Read(HostFiles files, string? address)
    {
        var routes = files.ReadLines("/proc/net/route").Skip(1).Select(Route.Parse).OfType<Route>().ToList();
        var outward = routes
            .Where(r => r.IsDefault)
            .Select(r => r.Interface)
            .Append(InterfaceOf(address))
            .OfType<string>();
        return new NetworkReading(
            outward.Distinct().Select(i => MtuOf(files, i)).Min(),
            [.. routes.Where(r => r.IsConnected).Select(r => r.Range).Distinct()]
        );
    }

    private static int? MtuOf(HostFiles files, string networkInterface) =>
        int.TryParse(
            files.Read($"/sys/class/net/{networkInterface}/mtu"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var mtu
        )
            ? mtu
            : null;

    // Containers do not reach other hosts through loopback.
    private static string? InterfaceOf(string? address) =>
        IPAddress.TryParse(address, out var wanted) && !IPAddress.IsLoopback(wanted)
            ? NetworkInterface
                .GetAllNetworkInterfaces()
                .FirstOrDefault(i => i.GetIPProperties().UnicastAddresses.Any(a => a.Address.Equals(wanted)))
                ?.Name
            : null;

    private sealed record Route(string Interface, uint Destination, uint Gateway, uint Mask)
    {
        public bool IsDefault => Destination == 0 && Mask == 0;

        public bool IsConnected => Gateway == 0 && Destination != 0;

        public string Range =>
            FormattableString.Invariant($"{new IPAddress(ToBytes(Destination))}/{BitOperations.PopCount(Mask)}");

        // Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
        public static Route? Parse(string line) =>
            line.Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries) is { Length: >= 8 } fields
            && Number(fields[1]) is { } destination
            && Number(fields[2]) is { } gateway
            && Number(fields[7]) is { } mask
                ? new Route(fields[0], destination, gateway, mask)
                : null;

        private static uint? Number(string hexadecimal) =>
            uint.TryParse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;

        // The kernel prints the number that the address in network order is on this machine.
        private static byte[] ToBytes(uint address)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, address);
            return bytes;
        }
    }
}
