namespace ErpInstaller.HostChecks.Facts;

/// <summary>Which machine code runs here.</summary>
/// <param name="Machine">As the kernel calls it: <c>x86_64</c>, <c>aarch64</c>.</param>
/// <param name="Docker">As the Docker engine's kernel calls it; null: the engine did not say.</param>
public sealed record ArchitectureFact(string Machine, string? Docker = null) : HostFact;
