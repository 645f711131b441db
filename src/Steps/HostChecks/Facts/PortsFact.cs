using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>Who holds the ports of the answers.</summary>
/// <param name="NodeAddress">The address that Nomad publishes ports on; null: not known.</param>
/// <param name="Holders">Sockets bound to one of the ports.</param>
/// <param name="Publishers">Containers that publish one of them.</param>
/// <param name="Elsewhere">The ports are published on another machine than this one.</param>
public sealed record PortsFact(
    string? NodeAddress,
    IReadOnlyList<PortHolder> Holders,
    IReadOnlyList<PortPublisher> Publishers,
    bool Elsewhere = false
) : HostFact;
