using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>CPUs of a host, see <see cref="CpuReading"/>.</summary>
public sealed record CpuFact(int Online, int Allowed, double? Quota = null) : HostFact
{
    /// <summary>What the host read.</summary>
    public static CpuFact Of(CpuReading found) => new(found.Online, found.Allowed, found.Quota);

    /// <summary>Cores that this process can have.</summary>
    public double Effective => new CpuReading(Online, Allowed, Quota).Effective;
}
