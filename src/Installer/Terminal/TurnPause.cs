using System.Diagnostics;

namespace ErpInstaller.Terminal;

/// <summary>
/// The pause between two turns of the interface's loop: it ends when there is something to do. Terminal.Gui's own pause
/// is a timer of the runtime, which wakes two more threads at each turn.
/// </summary>
internal sealed class TurnPause
{
    // From the beginning of a turn to the next one. What happens meanwhile is drawn together.
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(20);

    // A new size of the terminal and the clock of a run are seen this late.
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(50);

    // An Escape is held back until it is certain that no sequence follows. A result is drawn one turn after it came.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();

    // The first turn draws the first picture.
    private bool _isOver = true;
    private long _woken;
    private long _turned;

    /// <summary>There is something to do. Any thread may call it.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for the next turn.</summary>
    public void Take()
    {
        lock (_gate)
        {
            if (_isOver || Monitor.Wait(_gate, Since(_woken) < Settling ? Busy : Idle))
            {
                _woken = Stopwatch.GetTimestamp();
            }

            _isOver = false;
        }

        if (Since(_turned) is var passed && passed < Busy)
        {
            Thread.Sleep(Busy - passed);
        }

        _turned = Stopwatch.GetTimestamp();
    }

    private static TimeSpan Since(long moment) => Stopwatch.GetElapsedTime(moment);
}
