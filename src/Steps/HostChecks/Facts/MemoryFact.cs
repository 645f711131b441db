using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>Memory of a host in bytes, see <see cref="MemoryReading"/>.</summary>
internal sealed record MemoryFact(long Total, long? Limit = null, long? Available = null) : HostFact
{
    /// <summary>Makes the fact from a reading of the host.</summary>
    public static MemoryFact Of(MemoryReading found) => new(found.Total, found.Limit, found.Available);

    /// <summary>Bytes that this process can use.</summary>
    public long Effective => new MemoryReading(Total, Limit, Available).Effective;
}
