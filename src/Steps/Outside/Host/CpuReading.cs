namespace ErpInstaller.Outside.Host;

/// <summary>CPUs of a host.</summary>
/// <param name="Online">CPUs that the kernel uses (<c>/sys/devices/system/cpu/online</c>).</param>
/// <param name="Allowed">CPUs that this process may run on, by its affinity and cpuset.</param>
/// <param name="Quota">Cores' worth of time that control groups allow this process; null: no limit.</param>
public sealed record CpuReading(int Online, int Allowed, double? Quota = null)
{
    /// <summary>The lowest of the three, in cores.</summary>
    public double Effective => Math.Min(Math.Min(Online, Allowed), Quota ?? double.MaxValue);
}
