namespace ErpInstaller.HostChecks.Facts;

/// <summary>The file systems that the installation writes to.</summary>
/// <param name="Uses">One per directory that needs room.</param>
/// <param name="FirstPassed">
/// When this check first passed for this installation on the same file system of Docker; null: never. What the installation
/// has itself put there since must not fail it later.
/// </param>
public sealed record DiskFact(IReadOnlyList<DiskUse> Uses, DateTimeOffset? FirstPassed = null) : HostFact;
