using Microsoft.Extensions.Time.Testing;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>A clock on which every wait ends at once, and the time moves on by its length.</summary>
internal sealed class ShortPausesTime(FakeTimeProvider time) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = time.CreateTimer(callback, state, dueTime, period);

        // Deadlines last minutes and must not pass. Pauses between two polls last seconds.
        if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(30))
        {
            ThreadPool.QueueUserWorkItem(_ => time.Advance(dueTime));
        }

        return timer;
    }
}
