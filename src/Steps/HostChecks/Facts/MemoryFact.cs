using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>Memory of a host in bytes, see <see cref="MemoryReading"/>.</summary>
public sealed record MemoryFact(long Total, long? Limit = null, long? Available = null) : HostFact
{
    /// <summary>What the host read.</summary>
    public static MemoryFact Of(MemoryReading found) => new(found.Total, found.Limit, found.Available);

    /// <summary>Bytes that this process can have.</summary>
    public long Effective => new MemoryReading(Total, Limit, Available).Effective;
}
