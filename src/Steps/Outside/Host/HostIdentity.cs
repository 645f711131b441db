using System.Net;

namespace ErpInstaller.Outside.Host;

/// <summary>The identity of a machine.</summary>
/// <param name="Name">Its host name.</param>
/// <param name="Machine">Its architecture in the kernel's spelling: <c>x86_64</c>, <c>aarch64</c>.</param>
/// <param name="Addresses">The IP addresses of its interfaces, with loopback.</param>
public sealed record HostIdentity(string Name, string Machine, IReadOnlyList<string> Addresses)
{
    /// <summary>True when a URL names this machine by host name or address. DNS is not asked.</summary>
    public bool Has(Uri url) =>
        url.IsLoopback
        || url.Scheme == "unix"
        || string.Equals(url.Host, Name, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && Addresses.Contains(address.ToString()));

    /// <summary>
    /// True when a Nomad node is this machine. Address or name alone do not prove it: every machine has 127.0.0.1, and
    /// cloned machines share a name.
    /// </summary>
    /// <param name="address">The node's address.</param>
    /// <param name="hostName">The node's host name.</param>
    /// <param name="agentIsLocal">The agent's address is one of this machine's, and the node is the agent's
    /// own.</param>
    public bool IsNode(string? address, string? hostName, bool agentIsLocal)
    {
        var ownAddress =
            IPAddress.TryParse(address, out var parsed) && !IPAddress.IsLoopback(parsed) && Addresses.Contains(address);
        return ownAddress || (agentIsLocal && string.Equals(hostName, Name, StringComparison.OrdinalIgnoreCase));
    }
}
