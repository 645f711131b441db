using System.Runtime.InteropServices;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Tests.Run;

/// <summary>One run at a time, and the next one as soon as the last has ended.</summary>
public sealed partial class RunLockTests : IDisposable
{
    private readonly TestInstallation _installation = new();

    [Fact]
    public void A_finished_run_holds_no_lock_even_if_a_child_process_still_has_the_file_open()
    {
        _installation.Directory.Prepare();
        var held = RunLock.Take(_installation.Directory, _installation.Time);
        using var copy = CopyOf(_installation.Directory.Lock);
        Refusal.Of(ErrorCode.LockHeld, () => RunLock.Take(_installation.Directory, _installation.Time));

        held.Dispose();

        RunLock.Take(_installation.Directory, _installation.Time).Dispose();
    }

    public void Dispose() => _installation.Dispose();

    /// <summary>Another descriptor of the same open file, as a child process has after a fork.</summary>
    private static SafeFileHandle CopyOf(string path)
    {
        var descriptor = Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .First(link => new FileInfo(link).LinkTarget == path);
        return new(
            Duplicate(int.Parse(Path.GetFileName(descriptor), System.Globalization.CultureInfo.InvariantCulture)),
            ownsHandle: true
        );
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial nint Duplicate(int descriptor);
}
