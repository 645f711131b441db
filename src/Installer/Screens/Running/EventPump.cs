using ErpInstaller.Run;

namespace ErpInstaller.Screens.Running;

/// <summary>
/// Passes events to the screen in batches: the first at once, then at most two batches a second. A build can write
/// thousands of lines a second, and a slow connection cannot carry a picture for each.
/// </summary>
internal sealed class EventPump : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Action<IReadOnlyList<EngineEvent>> _take;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private List<EngineEvent> _waiting = [];
    private long? _last;
    private bool _isDue;

    /// <param name="take">Receives the batches one after the other, on any thread. It must not wait.</param>
    public EventPump(TimeProvider time, Action<IReadOnlyList<EngineEvent>> take)
    {
        (_time, _take) = (time, take);
        _timer = time.CreateTimer(_ => Flush(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes an event, which reaches the screen within half a second.</summary>
    public void Hear(EngineEvent happened)
    {
        lock (_gate)
        {
            _waiting.Add(happened);
            if (!_isDue)
            {
                _isDue = true;
                _timer.Change(Wait(), Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>
    /// Passes on the waiting events now. When it returns, those that the timer was just passing on have arrived too.
    /// </summary>
    public void Flush()
    {
        lock (_gate)
        {
            var bundle = _waiting;
            (_waiting, _isDue, _last) = ([], false, _time.GetTimestamp());
            if (bundle.Count > 0)
            {
                _take(bundle);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private TimeSpan Wait()
    {
        var passed = _last is { } last ? _time.GetElapsedTime(last) : Pause;
        return passed >= Pause ? TimeSpan.Zero : Pause - passed;
    }
}
