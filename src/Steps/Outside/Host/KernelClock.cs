using System.Runtime.InteropServices;

namespace ErpInstaller.Outside.Host;

/// <summary>The kernel's clock discipline, read by adjtimex(2).</summary>
internal static partial class KernelClock
{
    private const int Unsynchronised = 0x40;
    private const int TimeError = 5;

    /// <summary>The clock follows a time source; null when the kernel does not say (some containers refuse the call).</summary>
    public static bool? IsSynchronised()
    {
        var timex = default(Timex);
        var state = Adjust(ref timex);
        return state < 0 ? null : state != TimeError && (timex.Status & Unsynchronised) == 0;
    }

    // struct timex of 64-bit Linux; with no modes set the call only reads.
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    private struct Timex
    {
        [FieldOffset(0)]
        public uint Modes;

        [FieldOffset(40)]
        public int Status;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(ref Timex timex);
}
