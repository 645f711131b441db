using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// Has the terminal for the full screen and gives it back as it was: at the end, after an exception, when a signal ends or
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

    /// <summary>Takes the terminal.</summary>
    /// <param name="device">The terminal.</param>
    /// <param name="writer">What sends frames to it.</param>
    /// <param name="ended">Called when a signal asks the process to end; the terminal was given back by then.</param>
    public TerminalSession(TerminalDevice device, FrameWriter writer, Action<PosixSignal> ended)
    {
        (_device, _writer, _ended) = (device, writer, ended);

        // First: .NET remembers the terminal's modes now, and would otherwise restore at its end those that are set below.
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

    /// <summary>As ^Z does elsewhere: stops the whole foreground job.</summary>
    public static void Suspend() => _ = Libc.Kill(0, Libc.TerminalStopSignal);

    /// <summary>Gives the terminal back for good.</summary>
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

    // Also when it is taken already: whoever stopped the process from outside may have changed anything meanwhile.
    private void Take()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _device.MakeRaw();

            // Another screen, where it has one (what was there comes back); a pasted text is marked as one; what is wider here than it
            // was thought to be ends at the edge and does not go on in the next row.
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
            // Stuck within a frame: what is still under way would come after what follows.
            _device.Discard();
        }

        // CAN ends a sequence that was cut, margins may be left of one. The last row: terminals without a second screen go on there.
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
