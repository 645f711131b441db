using System.Text;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Run;

/// <summary>
/// One run at a time per state directory. The kernel releases the lock when the process ends for any reason, so it can
/// never be left over. The file's text only names the holder.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private RunLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="InstallerException">Another run has it.</exception>
    /// <exception cref="StateDirectoryUnusable">The file belongs to another user.</exception>
    public static RunLock Take(StateDirectory directory, TimeProvider time)
    {
        var file = StateDirectoryUnusable.Trying(directory.Lock, () => PosixFile.OpenLocked(directory.Lock))
            ?? throw Held(directory);
        var text = FormattableString.Invariant(
            $"pid {Environment.ProcessId} since {time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}\n"
        );
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes(text), 0);
        return new RunLock(file);
    }

    /// <summary>Releases the lock; the file stays, without a holder in it.</summary>
    public void Dispose()
    {
        RandomAccess.SetLength(_file, 0);
        PosixFile.CloseLocked(_file);
    }

    private static InstallerException Held(StateDirectory directory)
    {
        var text = PosixFile.ReadText(directory.Lock).Trim();
        return RunErrors.LockHeld(directory.Path, text.Length == 0 ? "another process" : text);
    }
}
