using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Deployment;

/// <summary>
/// The MTU of the containers' network. Docker gives 1500 to a network of its own name, whatever the engine's
/// <c>mtu</c> or the host's interface is. Behind a smaller one (a VPN, OpenStack) small requests then work, and large
/// answers never arrive.
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
