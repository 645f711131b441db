namespace ErpInstaller.HostChecks.Facts;

/// <summary>The architecture of the host and of its Docker engine.</summary>
/// <param name="Machine">The host's architecture in the kernel's spelling: <c>x86_64</c>, <c>aarch64</c>.</param>
/// <param name="Docker">The Docker engine's architecture, in the same spelling; null: the engine did not
/// answer.</param>
internal sealed record ArchitectureFact(string Machine, string? Docker = null) : HostFact;
