namespace ErpInstaller.Outside.Docker;

/// <summary>Who we are at a registry.</summary>
/// <param name="Registry"><c>host[:port]</c>.</param>
public sealed record RegistryLogin(string Registry, string Username, string Password);
