using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Deployment;

/// <summary>
/// The MTU of the containers' network. Docker gives a user-defined network 1500, whatever the engine's <c>mtu</c> or
/// the MTU of the host's interface is. If the way to other hosts has a smaller MTU (a VPN, OpenStack), small requests
/// work, and large answers never arrive.
/// </summary>
internal static class NetworkMtu
{
    /// <summary>Ethernet's, and Docker's default.</summary>
    public const int Ethernet = 1500;

    /// <summary>
    /// The smaller of the engine's (which its default bridge has) and the host's; null: none is below
    /// <see cref="Ethernet"/>.
    /// </summary>
    public static int? Of(IEnumerable<DockerNetwork> networks, int? host)
    {
        var engine = networks.FirstOrDefault(n => n.Name == DockerNetwork.DefaultBridge)?.Mtu;
        return new[] { engine, host }.Min() is { } smallest and < Ethernet ? smallest : null;
    }
}
