using System.Text;

namespace ErpInstaller.Core.Files;

/// <summary>Writes files so that a crash leaves either the old or the new content, never a part of it.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Replaces a file's content: temporary file in the same directory, fsync, rename, fsync of the directory.
    /// </summary>
    /// <param name="mode">File mode, 0600 by default.</param>
    /// <param name="owner">Uid and gid of the file. Null means those of this process; others need root.</param>
    public static void Write(string path, string text, UnixFileMode mode = OwnerOnly, int? owner = null)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            // Never reuse an existing file: it may belong to another user, be readable by others or be a link.
            File.Delete(temporary);
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = mode,
            };
            using (var stream = new FileStream(temporary, options))
            {
                if (owner is { } user)
                {
                    PosixFile.GiveTo(stream.SafeFileHandle, user);
                }

                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new StateDirectoryUnusable($"{path}: cannot be written: {Reason(e, temporary)}", e);
        }

        // The rename must also survive a power cut.
        PosixFile.SyncDirectory(directory);
    }

    // The directory may be gone too, and then deleting would throw.
    private static void Remove(string temporary)
    {
        if (File.Exists(temporary))
        {
            File.Delete(temporary);
        }
    }

    // .NET names the temporary file, which means nothing to an operator: "No space left on device :
    // '/…/.state.toml.24283.tmp'".
    private static string Reason(Exception error, string temporary) =>
        error
            .Message.Replace($" : '{temporary}'", "", StringComparison.Ordinal)
            .Replace(temporary, Path.GetFileName(temporary), StringComparison.Ordinal);
}
