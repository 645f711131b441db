using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>The sockets and containers that hold the ports of the answers.</summary>
/// <param name="NodeAddress">The address that Nomad publishes ports on; null: unknown.</param>
/// <param name="Holders">Sockets that are bound to one of the ports.</param>
/// <param name="Publishers">Containers that publish one of the ports.</param>
/// <param name="Elsewhere">Nomad publishes the ports on another machine.</param>
internal sealed record PortsFact(
    string? NodeAddress,
    IReadOnlyList<PortHolder> Holders,
    IReadOnlyList<PortPublisher> Publishers,
    bool Elsewhere = false
) : HostFact;
