using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>A directory that needs room.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Path">Where.</param>
/// <param name="FileSystem">The file system that holds it.</param>
public sealed record DiskUse(DiskPurpose Purpose, string Path, FileSystemReading FileSystem);
