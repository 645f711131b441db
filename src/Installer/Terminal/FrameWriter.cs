using System.Text;

namespace ErpInstaller.Terminal;

/// <summary>
/// Sends frames on its own thread, so that a slow line never blocks the interface. It keeps only the newest frame and
/// skips those that the line could not take in time. Frames that do not answer a key share
/// <see cref="BytesPerSecond"/>.
/// </summary>
internal sealed class FrameWriter : IFrameReceiver, IDisposable
{
    /// <summary>The budget for frames that do not answer a key: a running log, spinners, clocks.</summary>
    public const int BytesPerSecond = 8_000;

    private const int Burst = 4_000;
    private static readonly TimeSpan _settling = TimeSpan.FromMilliseconds(80);
    private readonly Lock _sending = new();
    private readonly object _gate = new();
    private readonly TerminalDevice _device;
    private readonly TimeProvider _time;
    private readonly FrameEncoder _encoder = new();
    private readonly Thread _thread;
    private ScreenFrame _newest = new();
    private ScreenFrame _next = new();
    private ScreenFrame _shown = new();
    private bool _pending;
    private bool _forget;
    private bool _paused = true;
    private bool _ended;
    private double _allowance = Burst;
    private long _counted;
    private long _resized;
    private bool _settled = true;

    /// <summary>Creates it paused.</summary>
    public FrameWriter(TerminalDevice device, TimeProvider time)
    {
        (_device, _time) = (device, time);
        _counted = time.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = "terminal output" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Show(ScreenFrame frame)
    {
        lock (_gate)
        {
            // A waiting answer stays an answer.
            var urgent = frame.Urgent || (_pending && _newest.Urgent);
            _newest.Copy(frame);
            _newest.Urgent = urgent;
            _pending = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc/>
    public void Redraw()
    {
        lock (_gate)
        {
            _forget = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// The window was resized and may be resized again soon: waits until that ends, then sends everything.
    /// </summary>
    public void Resized()
    {
        lock (_gate)
        {
            (_resized, _settled, _forget) = (_time.GetTimestamp(), false, true);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Stops sending until <see cref="Resume"/>.</summary>
    /// <returns>False if the line is stuck in the middle of a frame.</returns>
    public bool Pause(TimeSpan patience)
    {
        lock (_gate)
        {
            _paused = true;
        }

        if (!_sending.TryEnter(patience))
        {
            return false;
        }

        _sending.Exit();
        return true;
    }

    /// <summary>Starts sending again, with a complete frame.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            (_paused, _forget) = (false, true);
            Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join(TimeSpan.FromMilliseconds(300));
    }

    private void Run()
    {
        while (Next() is { } frame)
        {
            lock (_sending)
            {
                Send(frame);
            }
        }
    }

    private void Send(ScreenFrame frame)
    {
        var text = _encoder.Encode(frame);
        if (text.Length == 0)
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToArray());
        // Many answers in a row must not block other frames for long.
        _allowance = Math.Max(_allowance - bytes.Length, -BytesPerSecond / 2);
        if (!_device.Write(bytes, () => !_ended && !_paused))
        {
            _encoder.Forget();
        }
    }

    /// <summary>Waits for a frame that the budget allows to send.</summary>
    private ScreenFrame? Next()
    {
        lock (_gate)
        {
            while (!_ended)
            {
                var wait = _paused || !(_pending || (_forget && _next.Width > 0)) ? Timeout.InfiniteTimeSpan : Wait();
                if (wait == TimeSpan.Zero)
                {
                    return Take();
                }

                Monitor.Wait(_gate, wait);
            }

            return null;
        }
    }

    private ScreenFrame? Take()
    {
        if (_pending)
        {
            // The encoder compares with its last frame, so that frame must not be reused before the next one is
            // encoded.
            (_next, _newest, _shown) = (_newest, _shown, _next);
            _pending = false;
        }

        if (_forget)
        {
            _encoder.Forget();
            _forget = false;
        }

        return _next;
    }

    private TimeSpan Wait()
    {
        var now = _time.GetTimestamp();
        if (!_settled)
        {
            var settle = _settling - _time.GetElapsedTime(_resized, now);
            _settled = settle <= TimeSpan.Zero;
            if (!_settled)
            {
                return settle;
            }
        }

        _allowance = Math.Min(Burst, _allowance + (_time.GetElapsedTime(_counted, now).TotalSeconds * BytesPerSecond));
        _counted = now;
        return _allowance > 0 || (_pending && _newest.Urgent)
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds((1 - _allowance) / BytesPerSecond);
    }
}
