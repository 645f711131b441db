using System.Net;

namespace ErpInstaller.Outside.Host;

/// <summary>Who a machine is.</summary>
/// <param name="Name">Its host name.</param>
/// <param name="Machine">Its architecture as the kernel calls it: <c>x86_64</c>, <c>aarch64</c>.</param>
/// <param name="Addresses">The IP addresses of its interfaces, loopback among them.</param>
public sealed record HostIdentity(string Name, string Machine, IReadOnlyList<string> Addresses)
{
    /// <summary>A URL leads to this machine itself, as far as that shows without asking DNS.</summary>
    public bool Has(Uri url) =>
        url.IsLoopback
        || string.Equals(url.Host, Name, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && Addresses.Contains(address.ToString()));

    /// <summary>A node of Nomad is this machine. Every machine has 127.0.0.1, and cloned ones share a name: neither alone tells it.</summary>
    /// <param name="address">The node's address.</param>
    /// <param name="hostName">The node's host name.</param>
    /// <param name="agentIsLocal">The agent was asked at an address of this machine, and the node is its own.</param>
    public bool IsNode(string? address, string? hostName, bool agentIsLocal)
    {
        var ownAddress =
            IPAddress.TryParse(address, out var parsed) && !IPAddress.IsLoopback(parsed) && Addresses.Contains(address);
        return ownAddress || (agentIsLocal && string.Equals(hostName, Name, StringComparison.OrdinalIgnoreCase));
    }
}
