namespace ErpInstaller.Outside.Host;

/// <summary>Finds the file system that holds a path.</summary>
internal static class FileSystemReader
{
    /// <summary>Reads it; of a path that does not exist, that of the nearest directory above that does.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileSystemReading Read(string path, MountTable mounts)
    {
        var directory = Nearest(Path.GetFullPath(path));
        var mount = mounts.Of(directory) ?? throw new IOException($"{directory}: on no known mount");

        // statvfs(2), not of the mount point but of the directory itself: a quota may be on it.
        var drive = new DriveInfo(directory);
        return new FileSystemReading(
            mount.Device,
            mount.MountPoint,
            mount.Type,
            drive.TotalSize,
            drive.AvailableFreeSpace
        );
    }

    /// <summary>The path without symbolic links, up to the first part that does not exist.</summary>
    private static string Nearest(string path)
    {
        var found = "/";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(found, name);
            if (!Directory.Exists(next))
            {
                break;
            }

            var target = new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true);
            found = target is null ? next : Nearest(target.FullName);
        }

        return found;
    }
}
