using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Terminal;

/// <summary>
/// Uses the terminal for the full screen and restores it: at the end, after an exception, and when a signal ends or
/// stops the process.
/// </summary>
internal sealed class TerminalSession : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(300);
    private readonly Lock _gate = new();
    private readonly TerminalDevice _device;
    private readonly FrameWriter _writer;
    private readonly Action<PosixSignal> _ended;
    private readonly PosixSignalRegistration[] _signals;
    private bool _taken;
    private bool _closed;

    /// <summary>Switches the terminal to the full screen.</summary>
    /// <param name="device">The terminal.</param>
    /// <param name="writer">The sender of frames.</param>
    /// <param name="ended">Called when a signal ends the process, after the terminal is restored.</param>
    public TerminalSession(TerminalDevice device, FrameWriter writer, Action<PosixSignal> ended)
    {
        (_device, _writer, _ended) = (device, writer, ended);

        // First, because .NET saves the terminal's modes here and restores them at the end.
        _signals =
        [
            .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(s =>
                PosixSignalRegistration.Create(s, End)
            ),
            PosixSignalRegistration.Create(PosixSignal.SIGTSTP, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, GoOn),
            PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _writer.Resized()),
        ];
        AppDomain.CurrentDomain.ProcessExit += AtExit;
        AppDomain.CurrentDomain.UnhandledException += AtExit;
        Take();
    }

    /// <summary>Stops the whole foreground job, like ^Z elsewhere.</summary>
    public static void Suspend() => _ = Libc.Kill(0, Libc.TerminalStopSignal);

    /// <summary>Restores the terminal for good.</summary>
    public void Close()
    {
        lock (_gate)
        {
            GiveBack();
            _closed = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        AppDomain.CurrentDomain.ProcessExit -= AtExit;
        AppDomain.CurrentDomain.UnhandledException -= AtExit;
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void AtExit(object? sender, EventArgs args) => Close();

    private void End(PosixSignalContext context)
    {
        bool again;
        lock (_gate)
        {
            again = _closed;
        }

        Close();

        // A second signal ends the process at once.
        context.Cancel = !again;
        _ended(context.Signal);
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (!JobControl.CanStop())
            {
                return;
            }

            GiveBack();
        }

        _ = Libc.Kill(Environment.ProcessId, Libc.StopSignal);
    }

    private void GoOn(PosixSignalContext context)
    {
        context.Cancel = true;
        Take();
    }

    // Also if it is already active: another program may have changed the terminal while this one was stopped.
    private void Take()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _device.MakeRaw();

            // The alternate screen, if there is one, keeps the shell's output; bracketed paste; no automatic wrap, so
            // that a character of unexpected width does not continue in the next row.
            Send("\e[?1049h\e[?2004h\e[?7l");
            _taken = true;
            _writer.Resume();
        }
    }

    private void GiveBack()
    {
        if (!_taken)
        {
            return;
        }

        _taken = false;
        if (!_writer.Pause(_patience))
        {
            // The line is stuck inside a frame: its pending output would arrive after the next sequences.
            _device.Discard();
        }

        // CAN ends an interrupted sequence; scroll margins may be left over. Terminals without an alternate screen
        // continue in the last row.
        var row = _device.Size.Rows.ToString(CultureInfo.InvariantCulture);
        Send($"\x18\e[m\e[r\e[?7h\e[?2004l\e[?25h\e[{row}H\e[?1049l");
        _device.RestoreModes();
    }

    private void Send(string text)
    {
        var tries = 5;
        _device.Write(Encoding.ASCII.GetBytes(text), () => tries-- > 0);
    }
}
