namespace ErpInstaller.Outside.Host;

/// <summary>Memory of a host, in bytes.</summary>
/// <param name="Total">MemTotal of <c>/proc/meminfo</c>: the installed memory without the kernel's own part.</param>
/// <param name="Limit">The limit of control groups for this process; null: no limit.</param>
/// <param name="Available">
/// MemAvailable of <c>/proc/meminfo</c>: memory that programs can get without swapping; null: not read.
/// </param>
public sealed record MemoryReading(long Total, long? Limit = null, long? Available = null)
{
    /// <summary>The lower one of total and limit.</summary>
    public long Effective => Math.Min(Total, Limit ?? long.MaxValue);

    /// <summary>Bytes that a build can use now.</summary>
    internal long Free => Math.Min(Effective, Available ?? long.MaxValue);
}
