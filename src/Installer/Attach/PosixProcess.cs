using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Attach;

/// <summary>
/// System calls that .NET lacks: leave a terminal's session, redirect the standard streams, open a directory.
/// </summary>
internal static partial class PosixProcess
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Truncate = 0x200;
    private const int CloseOnExec = 0x80000;

    /// <summary>The effective user of this process.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Starts a new session, so that this process gets no signals from the terminal.</summary>
    public static void LeaveSession() => Check(SetSid(), "setsid");

    /// <summary>Makes standard input empty and sends both outputs to a file (0600), which is truncated first.</summary>
    public static void SendOutputTo(string path)
    {
        using var nothing = Open("/dev/null", ReadOnly);
        using var file = Open(path, WriteOnly | Create | Truncate);
        Check(Duplicate(nothing, 0), "standard input");
        Check(Duplicate(file, 1), "standard output");
        Check(Duplicate(file, 2), "standard error");
    }

    /// <summary>Opens a directory, so that <c>/proc/self/fd</c> has a short name for it.</summary>
    public static SafeFileHandle OpenDirectory(string path) => Open(path, ReadOnly);

    private static SafeFileHandle Open(string path, int flags)
    {
        var file = OpenFile(path, flags | CloseOnExec, 0b110_000_000);
        return file.IsInvalid ? throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}") : file;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(SafeFileHandle from, int to);
}
