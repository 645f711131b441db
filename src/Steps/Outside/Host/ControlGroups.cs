using System.Globalization;

namespace ErpInstaller.Outside.Host;

/// <summary>
/// The limits that control groups (version 1 and 2) put on this process. Limits of parent groups count too: the
/// lowest one applies (kernel: admin-guide/cgroup-v2.rst, scheduler/sched-bwc.rst, admin-guide/cgroup-v1/memory.rst).
/// </summary>
internal sealed class ControlGroups(HostFiles files, MountTable mounts)
{
    // Version 1 writes "no limit" as the largest multiple of the page size.
    private const long NoLimit = long.MaxValue / 2;

    /// <summary>Cores' worth of CPU time; null: no limit.</summary>
    public double? CpuQuota()
    {
        var quotas = Directories("cpu").Select(QuotaOf).Where(q => q is > 0).ToList();
        return quotas.Count == 0 ? null : quotas.Min();
    }

    /// <summary>Bytes of memory; null: no limit.</summary>
    public long? MemoryLimit()
    {
        var limits = Directories("memory")
            .SelectMany(d =>
                new[] { Number(files.Read($"{d}/memory.max")), Number(files.Read($"{d}/memory.limit_in_bytes")) }
            )
            .Where(l => l is > 0 and < NoLimit)
            .ToList();
        return limits.Count == 0 ? null : limits.Min();
    }

    private double? QuotaOf(string directory)
    {
        if (files.Read($"{directory}/cpu.max")?.Split(' ') is [var most, var every])
        {
            return Number(most) / (double?)Number(every);
        }

        return Number(files.Read($"{directory}/cpu.cfs_quota_us"))
            / (double?)Number(files.Read($"{directory}/cpu.cfs_period_us"));
    }

    /// <summary>The directories of this process's group and of its parents, in the trees of both versions.</summary>
    private IEnumerable<string> Directories(string controller)
    {
        foreach (var line in files.ReadLines("/proc/self/cgroup"))
        {
            // hierarchy:controllers:path, without controllers in version 2
            if (line.Split(':', 3) is not [_, var controllers, var path])
            {
                continue;
            }

            var mount =
                controllers.Length == 0 ? mounts.Mounts.FirstOrDefault(m => m.Type == "cgroup2")
                : controllers.Split(',').Contains(controller)
                    ? mounts.Mounts.FirstOrDefault(m => m.Type == "cgroup" && m.Options.Contains(controller))
                : null;
            if (mount is not null)
            {
                foreach (var directory in Upwards(mount, path))
                {
                    yield return directory;
                }
            }
        }
    }

    private static IEnumerable<string> Upwards(Mount mount, string path)
    {
        // In a container, the mount starts at the container's own group.
        var below =
            mount.Root != "/" && path.StartsWith(mount.Root, StringComparison.Ordinal)
                ? path[mount.Root.Length..]
                : path;
        while (below.Length > 1)
        {
            yield return mount.MountPoint + "/" + below.Trim('/');
            below = below[..Math.Max(below.LastIndexOf('/'), 0)];
        }

        yield return mount.MountPoint;
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
