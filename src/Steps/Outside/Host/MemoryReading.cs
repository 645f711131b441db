namespace ErpInstaller.Outside.Host;

/// <summary>Memory of a host, in bytes.</summary>
/// <param name="Total">MemTotal of <c>/proc/meminfo</c>: what the kernel left of the installed memory.</param>
/// <param name="Limit">What control groups allow this process; null: no limit.</param>
/// <param name="Available">
/// MemAvailable of <c>/proc/meminfo</c>: what programs can have without swapping; null: not read.
/// </param>
public sealed record MemoryReading(long Total, long? Limit = null, long? Available = null)
{
    /// <summary>The lesser of total and limit.</summary>
    public long Effective => Math.Min(Total, Limit ?? long.MaxValue);

    /// <summary>What a build can have now.</summary>
    internal long Free => Math.Min(Effective, Available ?? long.MaxValue);
}
