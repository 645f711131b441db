namespace ErpInstaller.Outside.Host;

/// <summary>The network of a host, as far as a network of containers depends on it.</summary>
/// <param name="Mtu">The MTU towards other hosts, in bytes; null: unknown.</param>
/// <param name="Connected">The IPv4 ranges that the host's interfaces are in, for example <c>192.0.2.0/24</c>.</param>
public sealed record NetworkReading(int? Mtu, IReadOnlyList<string> Connected);
