using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Containers;

/// <summary>
/// Waits while Nomad cannot answer, for who follows logs: the containers go on, and so do their logs. Nomad that never
/// answered is an error.
/// </summary>
/// <param name="say">Told once that Nomad does not answer.</param>
internal sealed class LogOutage(TimeProvider time, Action<string> say)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    // A server that has just started does not know its tokens yet.
    private const int MostDenials = 4;

    private readonly Lock _gate = new();
    private TimeSpan _pause = FirstPause;
    private bool _isOver = true;
    private int _denials;

    /// <summary>Nomad has answered before, so it will again.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Nomad answers.</summary>
    public void End()
    {
        lock (_gate)
        {
            (HasAnswered, _isOver, _denials, _pause) = (true, true, 0, FirstPause);
        }
    }

    /// <summary>Asks until Nomad answers.</summary>
    /// <exception cref="InstallerException">It never answered before, or it denies the request.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var answer = await ask();
                End();
                return answer;
            }
            catch (InstallerException e) when (IsPassing(e))
            {
                await WaitAsync(e.Message, cancellation);
            }
        }
    }

    /// <summary>Whether the same request can go well later.</summary>
    public bool IsPassing(InstallerException error)
    {
        lock (_gate)
        {
            return HasAnswered
                && (error is NomadUnreachable || (error is NomadDenied && !_isOver && _denials++ < MostDenials));
        }
    }

    /// <summary>Waits before the next request.</summary>
    public async Task WaitAsync(string why, CancellationToken cancellation)
    {
        TimeSpan pause;
        lock (_gate)
        {
            if (_isOver)
            {
                say($"{why}; asking again until Nomad answers");
            }

            _isOver = false;
            pause = _pause;
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        }

        await Task.Delay(pause, time, cancellation);
    }
}

/// <summary>Where a reader is in a log: the bytes that it read last. The log has no other place that lasts.</summary>
internal sealed class LogPlace
{
    private const int Kept = 4096;

    private byte[] _last = [];

    /// <summary>Nothing was read yet.</summary>
    public bool IsBegin => _last.Length == 0;

    /// <summary>These bytes were read.</summary>
    public void Add(byte[] bytes)
    {
        byte[] all = [.. _last, .. bytes];
        _last = all.Length > Kept ? all[^Kept..] : all;
    }

    /// <summary>What follows this place in the end of the log; null: the place is not in it.</summary>
    public byte[]? After(ReadOnlySpan<byte> end) =>
        end.LastIndexOf(_last) is >= 0 and var at ? end[(at + _last.Length)..].ToArray() : null;
}
