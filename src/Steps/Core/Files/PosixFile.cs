using System.Runtime.InteropServices;
using System.Text;
using ErpInstaller.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Core.Files;

/// <summary>File operations that .NET lacks: fsync of a directory, flock(2), and owners.</summary>
internal static class PosixFile
{
    private const int ExclusiveNonBlocking = 2 | 4;
    private const int Unlock = 8;
    private const int OwnerOnly = 0b110_000_000;

    /// <summary>Makes renames in a directory survive a power cut.</summary>
    public static void SyncDirectory(string path)
    {
        using var directory = Open(path, Libc.ReadOnly);
        if (Libc.Sync(directory) != 0)
        {
            throw LastError(path);
        }
    }

    /// <summary>
    /// Opens a file, made with 0600 if it is missing, and takes its kernel lock. The lock ends with the process, even after a
    /// crash.
    /// </summary>
    /// <returns>The open file, or null when another process holds the lock.</returns>
    public static SafeFileHandle? OpenLocked(string path)
    {
        var file = Open(path, Libc.ReadWrite | Libc.Create);
        if (Libc.Lock(file, ExclusiveNonBlocking) == 0)
        {
            return file;
        }

        var error = Marshal.GetLastPInvokeError();
        file.Dispose();
        return error == Libc.TryAgain
            ? null
            : throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>
    /// Releases the lock and closes the file. Closing alone is not enough: a child process between fork and exec holds
    /// a copy of the descriptor, and with it the lock.
    /// </summary>
    public static void CloseLocked(SafeFileHandle file)
    {
        var unlocked = Libc.Lock(file, Unlock) == 0;
        var error = Marshal.GetLastPInvokeErrorMessage();
        file.Dispose();
        if (!unlocked)
        {
            throw new IOException($"unlock: {error}");
        }
    }

    /// <summary>
    /// Reads a small text file (up to 4096 bytes) without .NET's own lock, which fails while the file is locked.
    /// </summary>
    public static string ReadText(string path)
    {
        using var file = Open(path, Libc.ReadOnly);
        var bytes = new byte[4096];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }

    /// <summary>The uid that a file or directory belongs to.</summary>
    public static int OwnerOf(string path)
    {
        const int RelativeToHere = -100;
        const uint Owner = 0x8;
        Span<byte> status = stackalloc byte[256];

        // struct statx has the same layout on every architecture; stx_uid is at offset 20.
        return Libc.Status(RelativeToHere, path, 0, Owner, status) == 0
            ? MemoryMarshal.Read<int>(status[20..])
            : throw LastError(path);
    }

    /// <summary>Gives an open file to a user, and to the group of the same number.</summary>
    public static void GiveTo(SafeFileHandle file, int user)
    {
        if (Libc.ChangeOwner(file, user, user) != 0)
        {
            throw LastError($"chown to {user}");
        }
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        var file = new SafeFileHandle(Libc.Open(path, flags | Libc.CloseOnExec, OwnerOnly), ownsHandle: true);
        return file.IsInvalid ? throw LastError(path) : file;
    }

    private static IOException LastError(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
}
