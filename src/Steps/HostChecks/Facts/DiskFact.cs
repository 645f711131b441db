namespace ErpInstaller.HostChecks.Facts;

/// <summary>The file systems that the installation writes to.</summary>
/// <param name="Uses">One per directory that needs disk space.</param>
/// <param name="FirstPassed">
/// When this check first passed for this installation on Docker's current file system; null: never. The data that the
/// installation has since written there must not fail the check.
/// </param>
internal sealed record DiskFact(IReadOnlyList<DiskUse> Uses, DateTimeOffset? FirstPassed = null) : HostFact;
