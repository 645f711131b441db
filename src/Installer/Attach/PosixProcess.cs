using System.Runtime.InteropServices;
using ErpInstaller.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Attach;

/// <summary>
/// System calls that .NET lacks: leave a terminal's session, redirect the standard streams, open a directory.
/// </summary>
internal static class PosixProcess
{
    /// <summary>Begins a session of its own, so that no signal of the terminal reaches this process.</summary>
    public static void LeaveSession() => Check(Libc.BeginSession(), "setsid");

    /// <summary>Makes standard input empty and sends both outputs to a file (0600), which is truncated first.</summary>
    public static void SendOutputTo(string path)
    {
        using var nothing = Open("/dev/null", Libc.ReadOnly);
        using var file = Open(path, Libc.WriteOnly | Libc.Create | Libc.Truncate);
        Check(Libc.Duplicate(nothing, 0), "standard input");
        Check(Libc.Duplicate(file, 1), "standard output");
        Check(Libc.Duplicate(file, 2), "standard error");
    }

    /// <summary>Opens a directory, so that <c>/proc/self/fd</c> has a short name for it.</summary>
    public static SafeFileHandle OpenDirectory(string path) => Open(path, Libc.ReadOnly);

    private static SafeFileHandle Open(string path, int flags)
    {
        var file = new SafeFileHandle(Libc.Open(path, flags | Libc.CloseOnExec, 0b110_000_000), ownsHandle: true);
        return file.IsInvalid ? throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}") : file;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
