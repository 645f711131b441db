using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ErpInstaller.Answers.Keys;

/// <summary>Rules for addresses in a network. They reach nginx.conf.</summary>
internal static partial class TextRules
{
    /// <summary>
    /// An IP address, or a network in CIDR notation. A network of all addresses is refused: any client could then forge
    /// its address.
    /// </summary>
    public static readonly TextRule NetworkAddress = new(
        "an IP address or a network, like 192.0.2.10 or 10.0.0.0/24",
        Patterns.NetworkAddress,
        Patterns.NetworkAddressRegex
    )
    {
        MaxLength = 43,
        Explain = NetworkFault,
        Correct = text => TryNetwork(text.Trim(), out var network) ? network.ToString() : text.Trim(),
    };

    private static string? NetworkFault(string text)
    {
        var parts = text.Split('/');
        if (!IPAddress.TryParse(parts[0], out var address))
        {
            return "is not an IP address";
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return parts.Length == 1 || TryNetwork(text, out var network) && network.BaseAddress.Equals(address) ? null
            : !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                ? "has no number of bits after the slash"
            : bits == 0 ? "covers every address: any client could forge its own"
            : bits > most ? $"has more than {most} bits"
            : "names a host inside the network instead of the network";
    }

    // 10.0.0.7/24 means the network 10.0.0.0/24.
    private static bool TryNetwork(string text, out IPNetwork network)
    {
        network = default;
        if (
            text.Split('/') is not [var host, var length]
            || !IPAddress.TryParse(host, out var address)
            || !int.TryParse(length, out var bits)
        )
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        if (bits < 1 || bits > bytes.Length * 8)
        {
            return false;
        }

        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        network = new IPNetwork(new IPAddress(bytes), bits);
        return true;
    }
}
