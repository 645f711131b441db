namespace ErpInstaller.HostChecks.Facts;

/// <summary>The Docker network of the containers, or the room for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Exists">It is there already.</param>
/// <param name="Mtu">The MTU of the network that is there; null: Docker's default, 1500.</param>
/// <param name="HostMtu">The MTU that packets to other hosts must fit; null: 1500 or more, or unknown.</param>
/// <param name="FreeRange">The range of addresses that Docker has for it; null: none.</param>
/// <param name="Networks">The number of all networks.</param>
internal sealed record DockerNetworkFact(
    string Name,
    bool Exists,
    int? Mtu = null,
    int? HostMtu = null,
    string? FreeRange = null,
    int Networks = 0
) : HostFact;
