using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>A directory that needs disk space.</summary>
/// <param name="Purpose">What the directory holds.</param>
/// <param name="Path">The directory.</param>
/// <param name="FileSystem">The file system that holds it.</param>
internal sealed record DiskUse(DiskPurpose Purpose, string Path, FileSystemReading FileSystem);
