using System.Diagnostics.CodeAnalysis;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>
/// The lines that wait to be sent to one front end. Adding never blocks. If a front end reads too slowly, old progress
/// of a step is dropped first, then the oldest lines of the log, which are counted. The rest is little; if even that
/// piles up, the front end does not read at all.
/// </summary>
internal sealed class OutgoingLines(Func<EngineEvent, byte[]> write)
{
    private const int MostLogBytes = 1 << 20;
    private const int MostEvents = 5000;

    private readonly Lock _gate = new();
    private readonly Queue<(long Order, byte[] Line)> _events = new();
    private readonly Queue<(long Order, byte[] Line)> _log = new();
    private readonly Dictionary<string, (long Order, byte[] Line)> _progress = [];
    private long _order;
    private int _logBytes;
    private int _dropped;

    /// <summary>Adds an event.</summary>
    /// <param name="line">The serialized event.</param>
    /// <returns>False if there is no room even without the log.</returns>
    public bool TryAdd(EngineEvent happened, byte[] line)
    {
        lock (_gate)
        {
            var item = (++_order, line);
            switch (happened)
            {
                case Progress e:
                    _progress[e.Step] = item;
                    break;
                case Log:
                    AddLog(item);
                    break;
                default:
                    _events.Enqueue(item);
                    break;
            }

            return _events.Count <= MostEvents;
        }
    }

    /// <summary>Takes the next line in order. The count of dropped lines comes before the remaining ones.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? line)
    {
        lock (_gate)
        {
            if (_dropped > 0)
            {
                line = write(new LinesDropped(_dropped));
                _dropped = 0;
                return true;
            }

            line = Next();
            return line is not null;
        }
    }

    private void AddLog((long Order, byte[] Line) item)
    {
        _log.Enqueue(item);
        _logBytes += item.Line.Length;
        while (_logBytes > MostLogBytes && _log.Count > 1)
        {
            _logBytes -= _log.Dequeue().Line.Length;
            _dropped++;
        }
    }

    private byte[]? Next()
    {
        var @event = _events.TryPeek(out var e) ? e.Order : long.MaxValue;
        var log = _log.TryPeek(out var l) ? l.Order : long.MaxValue;
        if (
            _progress.Count > 0
            && _progress.MinBy(p => p.Value.Order) is var step
            && step.Value.Order < Math.Min(@event, log)
        )
        {
            _progress.Remove(step.Key);
            return step.Value.Line;
        }

        if (log < @event)
        {
            _logBytes -= l.Line.Length;
            return _log.Dequeue().Line;
        }

        return _events.TryDequeue(out e) ? e.Line : null;
    }
}
