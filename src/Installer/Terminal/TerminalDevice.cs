using System.Runtime.InteropServices;

namespace ErpInstaller.Terminal;

/// <summary>
/// The terminal of this process: its bytes, its size and its modes. Opened anew where that is allowed, so that not waiting for a
/// slow line does not become a property of the shell's own descriptor.
/// </summary>
internal sealed class TerminalDevice : IDisposable
{
    private const int ModesSize = 60;
    private readonly byte[] _found = new byte[ModesSize];
    private int _descriptor;

    /// <exception cref="NoTerminal">There is none.</exception>
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
            throw new NoTerminal("There is no terminal to show the full screen on.");
        }
    }

    /// <summary>Its number, for waiting.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Columns and rows; 80×24 where it does not say.</summary>
    public (int Columns, int Rows) Size => Libc.SizeOf(_descriptor) ?? (80, 24);

    /// <summary>Keys arrive one by one, unseen and without a meaning for the kernel.</summary>
    public void MakeRaw()
    {
        var raw = _found.AsSpan().ToArray();
        Libc.MakeRaw(raw);
        Set(raw);
    }

    /// <summary>As it was found.</summary>
    public void RestoreModes() => Set(_found);

    /// <summary>Writes all of it, or gives up.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="goOn">Asked ten times a second while the line takes nothing.</param>
    /// <returns>All was written.</returns>
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

    /// <summary>Forgets what the line has not taken yet.</summary>
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

    // A signal may come in between: again until it is done. A terminal that is gone cannot be set, and need not.
    private void Set(ReadOnlySpan<byte> modes)
    {
        while (Libc.SetModes(_descriptor, Libc.Now, modes) != 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
        { }
    }
}
