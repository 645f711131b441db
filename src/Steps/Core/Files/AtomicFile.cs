using System.Text;

namespace ErpInstaller.Core.Files;

/// <summary>Writes files so that after a crash there is the old content or the new, never a part.</summary>
public static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file's content: temporary file in the same directory, fsync, rename, fsync of the directory.</summary>
    /// <param name="mode">0600 unless said otherwise.</param>
    /// <param name="owner">uid and gid that it is to have; null: this process's. Another one takes root.</param>
    public static void Write(string path, string text, UnixFileMode mode = OwnerOnly, int? owner = null)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            // Made anew: what lies there may be another user's, open to others or a link to elsewhere.
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

        // The rename itself must survive a power cut too.
        PosixFile.SyncDirectory(directory);
    }

    // The directory itself may be gone.
    private static void Remove(string temporary)
    {
        if (File.Exists(temporary))
        {
            File.Delete(temporary);
        }
    }

    // .NET names the file it worked on, which is gone: "No space left on device : '/…/.state.toml.24283.tmp'".
    private static string Reason(Exception error, string temporary) =>
        error
            .Message.Replace($" : '{temporary}'", "", StringComparison.Ordinal)
            .Replace(temporary, Path.GetFileName(temporary), StringComparison.Ordinal);
}
