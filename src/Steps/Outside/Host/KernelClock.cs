using System.Runtime.InteropServices;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Outside.Host;

/// <summary>The kernel's clock discipline, read by adjtimex(2).</summary>
internal static class KernelClock
{
    private const int Unsynchronised = 0x40;
    private const int TimeError = 5;

    /// <summary>
    /// Reads whether the clock follows a time source; null: unknown (some containers refuse the call).
    /// </summary>
    public static bool? IsSynchronised()
    {
        // The modes, its first member, are 0: the call only reads. The status is at 40.
        Span<byte> timex = stackalloc byte[208];
        timex.Clear();
        var state = Libc.AdjustClock(timex);
        return state < 0 ? null : state != TimeError && (MemoryMarshal.Read<int>(timex[40..]) & Unsynchronised) == 0;
    }
}
