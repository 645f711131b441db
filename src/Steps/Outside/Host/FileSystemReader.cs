namespace ErpInstaller.Outside.Host;

/// <summary>Finds the file system that holds a path.</summary>
internal static class FileSystemReader
{
    /// <summary>Reads the file system of a path, or of its nearest existing parent directory.</summary>
    /// <exception cref="IOException">The file system cannot be read.</exception>
    public static FileSystemReading Read(string path, MountTable mounts)
    {
        var directory = Nearest(Path.GetFullPath(path));
        var mount = mounts.Of(directory) ?? throw new IOException($"{directory}: on no known mount");

        // statvfs(2) of the directory, not of the mount point: a quota can apply to the directory.
        var drive = new DriveInfo(directory);
        return new FileSystemReading(
            mount.Device,
            mount.MountPoint,
            mount.Type,
            drive.TotalSize,
            drive.AvailableFreeSpace
        );
    }

    /// <summary>Resolves symbolic links up to the first part of the path that does not exist.</summary>
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
