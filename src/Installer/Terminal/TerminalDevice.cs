using System.Runtime.InteropServices;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Terminal;

/// <summary>
/// The terminal of this process: its bytes, size and modes. It is opened again if possible, so that O_NONBLOCK does not
/// change the shell's own descriptor.
/// </summary>
internal sealed class TerminalDevice : IDisposable
{
    private const int ModesSize = 60;
    private readonly byte[] _found = new byte[ModesSize];
    private int _descriptor;

    /// <exception cref="InstallerException">This process has no terminal.</exception>
    public TerminalDevice()
    {
        const int flags = Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking | Libc.CloseOnExec;
        _descriptor = Libc.IsTerminal(0) == 1 && Libc.IsTerminal(1) == 1 ? Libc.Open("/proc/self/fd/1", flags) : -1;
        if (_descriptor < 0)
        {
            _descriptor = Libc.Open("/dev/tty", flags);
        }

        if (_descriptor < 0 || Libc.GetModes(_descriptor, _found) != 0)
        {
            throw new InstallerException(
                ErrorCode.NoTerminal,
                "This process has no terminal for the full screen.",
                "use erp-installer --plain, or a command: erp-installer --help"
            );
        }
    }

    /// <summary>The file descriptor, for poll.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Columns and rows; 80×24 if the terminal does not report them.</summary>
    public (int Columns, int Rows) Size => Libc.SizeOf(_descriptor) ?? (80, 24);

    /// <summary>Sets raw mode: keys arrive one by one, without echo or special meaning.</summary>
    public void MakeRaw()
    {
        var raw = _found.AsSpan().ToArray();
        Libc.MakeRaw(raw);
        Set(raw);
    }

    /// <summary>Restores the original modes.</summary>
    public void RestoreModes() => Set(_found);

    /// <summary>Writes all bytes, or gives up.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="goOn">Called ten times per second while the line accepts nothing; false gives up.</param>
    /// <returns>Whether all bytes were written.</returns>
    public bool Write(ReadOnlySpan<byte> bytes, Func<bool> goOn)
    {
        while (bytes.Length > 0)
        {
            var written = Libc.Write(_descriptor, bytes, (nuint)bytes.Length);
            if (written > 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            if (Marshal.GetLastPInvokeError() is not (Libc.TryAgain or Libc.Interrupted) || !goOn())
            {
                return false;
            }

            _ = Libc.Poll([new() { Descriptor = _descriptor, Events = Libc.Writable }], 1, 100);
        }

        return true;
    }

    /// <summary>Discards output that the line has not accepted yet.</summary>
    public void Discard() => _ = Libc.Discard(_descriptor, Libc.OutputQueue);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Libc.Close(_descriptor);
            _descriptor = -1;
        }
    }

    // A signal may interrupt the call, so it is repeated. A terminal that is gone cannot be set and need not be.
    private void Set(ReadOnlySpan<byte> modes)
    {
        while (Libc.SetModes(_descriptor, Libc.Now, modes) != 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        { }
    }
}
