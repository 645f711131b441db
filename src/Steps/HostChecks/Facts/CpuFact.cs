using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Facts;

/// <summary>CPUs of a host, see <see cref="CpuReading"/>.</summary>
internal sealed record CpuFact(int Online, int Allowed, double? Quota = null) : HostFact
{
    /// <summary>Makes the fact from a reading of the host.</summary>
    public static CpuFact Of(CpuReading found) => new(found.Online, found.Allowed, found.Quota);

    /// <summary>Cores that this process can use.</summary>
    public double Effective => new CpuReading(Online, Allowed, Quota).Effective;
}
