namespace ErpInstaller.HostChecks;

/// <summary>Memory of a host, in bytes.</summary>
/// <param name="Total">MemTotal of <c>/proc/meminfo</c>: what the kernel left of the installed memory.</param>
/// <param name="Limit">What control groups allow this process; null: no limit.</param>
public sealed record MemoryFact(long Total, long? Limit = null) : HostFact
{
    /// <summary>The lesser of the two.</summary>
    public long Effective => Math.Min(Total, Limit ?? long.MaxValue);
}
