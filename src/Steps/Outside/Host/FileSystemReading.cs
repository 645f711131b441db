namespace ErpInstaller.Outside.Host;

/// <summary>A file system and its space.</summary>
/// <param name="Device">The kernel's <c>major:minor</c>: the same for all mounts of one file system.</param>
/// <param name="MountPoint">The directory on which it is mounted.</param>
/// <param name="Type">For example <c>ext4</c>.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="FreeBytes">Bytes that an unprivileged process can still write.</param>
public sealed record FileSystemReading(string Device, string MountPoint, string Type, long TotalBytes, long FreeBytes);
