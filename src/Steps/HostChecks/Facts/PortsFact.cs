namespace ErpInstaller.HostChecks;

/// <summary>Who holds the ports of the answers.</summary>
/// <param name="NodeAddress">The address that Nomad publishes ports on; null: not known.</param>
/// <param name="Holders">Sockets bound to one of the ports.</param>
/// <param name="Publishers">Containers that publish one of them.</param>
public sealed record PortsFact(string? NodeAddress, IReadOnlyList<PortHolder> Holders, IReadOnlyList<PortPublisher> Publishers) : HostFact;
