namespace ErpInstaller.Outside.Host;

/// <summary>A file system as it was found.</summary>
/// <param name="Device">The kernel's <c>major:minor</c>: the same for all mounts of one file system.</param>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Type">For example <c>ext4</c>.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">What a process without privileges can still write.</param>
public sealed record FileSystemReading(string Device, string MountPoint, string Type, long TotalBytes, long FreeBytes);
