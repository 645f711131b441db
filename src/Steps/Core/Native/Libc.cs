using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Core.Native;

/// <summary>
/// The functions of the C library that .NET lacks. The numbers are those of Linux on amd64 and arm64. The manual pages
/// say what a function returns when it fails.
/// </summary>
public static partial class Libc
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Truncate = 0x200;
    public const int NoControllingTerminal = 0x100;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    private const int GetDescriptorFlags = 1;
    private const int DescriptorCloseOnExec = 1;
    public const short Readable = 1;
    public const short Writable = 4;
    public const short HungUp = 0x10;
    public const short Failed = 0x8;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int StopSignal = 19;
    public const int TerminalStopSignal = 20;
    public const int Now = 0;
    public const int OutputQueue = 1;

    // TIOCGWINSZ
    private const nuint GetWindowSize = 0x5413;

    [StructLayout(LayoutKind.Sequential)]
    public struct Awaited
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }

    /// <summary>Columns and rows of a terminal, or null if it does not report them.</summary>
    public static (int Columns, int Rows)? SizeOf(int descriptor) =>
        ControlSize(descriptor, GetWindowSize, out var size) == 0 && size is { Columns: > 0, Rows: > 0 }
            ? (size.Columns, size.Rows)
            : null;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode = 0);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(int directory, string path, int flags, uint wanted, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeFileHandle file, int user, int group);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(SafeFileHandle from, int to);

    /// <summary>The effective user id of this process.</summary>
    public static uint EffectiveUser() => GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int BeginSession();

    /// <summary>Reads and sets the clock discipline by struct timex (208 bytes on 64-bit Linux).</summary>
    [LibraryImport("libc", EntryPoint = "adjtimex")]
    public static partial int AdjustClock(Span<byte> timex);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "isatty", SetLastError = true)]
    public static partial int IsTerminal(int descriptor);

    // Its third argument is variadic; this command has none.
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command);

    /// <summary>
    /// The process was started with this descriptor. What the runtime opens in the place of a closed one is closed
    /// again when a program is executed, so none was inherited like that.
    /// </summary>
    public static bool IsInherited(int descriptor) =>
        Control(descriptor, GetDescriptorFlags) is >= 0 and var flags && (flags & DescriptorCloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nuint size);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<Awaited> awaited, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int Event(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>The process group of this process.</summary>
    public static int ProcessGroup() => GetProcessGroup();

    /// <summary>Reads a terminal's modes into the 60 bytes of struct termios.</summary>
    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetModes(int descriptor, Span<byte> modes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetModes(int descriptor, int when, ReadOnlySpan<byte> modes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Span<byte> modes);

    [LibraryImport("libc", EntryPoint = "tcflush", SetLastError = true)]
    public static partial int Discard(int descriptor, int queue);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlSize(int descriptor, nuint request, out WindowSize size);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    private static partial int GetProcessGroup();
}
