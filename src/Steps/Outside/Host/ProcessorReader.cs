using System.Globalization;

namespace ErpInstaller.Outside.Host;

/// <summary>Reads how many CPUs there are and how many of them this process may use.</summary>
internal sealed class ProcessorReader(HostFiles files, ControlGroups groups)
{
    private const string AllowedKey = "Cpus_allowed_list:";

    /// <exception cref="IOException">/proc or /sys is not mounted.</exception>
    public CpuReading Read()
    {
        var online = Count(files.ReadOrThrow("/sys/devices/system/cpu/online"));

        // The same as sched_getaffinity(2) (affinity and cpuset), for any number of CPUs.
        var allowed = files
            .ReadLines("/proc/self/status")
            .FirstOrDefault(l => l.StartsWith(AllowedKey, StringComparison.Ordinal));
        return new CpuReading(
            online,
            allowed is null ? online : Count(allowed[AllowedKey.Length..]),
            groups.CpuQuota()
        );
    }

    /// <summary>Counts the CPUs of a list like <c>0-3,8,10-11</c>.</summary>
    internal static int Count(string list)
    {
        var count = 0;
        foreach (var range in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            var first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            count += int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1;
        }

        return count;
    }
}
