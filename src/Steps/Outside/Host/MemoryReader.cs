using System.Globalization;

namespace ErpInstaller.Outside.Host;

/// <summary>Reads the amount of memory, and how much of it this process may use.</summary>
internal sealed class MemoryReader(HostFiles files, ControlGroups groups)
{
    private const string Total = "MemTotal:";
    private const string Available = "MemAvailable:";

    /// <exception cref="IOException">/proc is not mounted, or its format is unknown.</exception>
    public MemoryReading Read()
    {
        var lines = files.ReadLines("/proc/meminfo").ToList();
        var total = Find(lines, Total) ?? throw new IOException("/proc/meminfo has no MemTotal");
        return new MemoryReading(total, groups.MemoryLimit(), Find(lines, Available));
    }

    private static long? Find(List<string> lines, string key) =>
        lines.Find(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line
            ? long.Parse(
                line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
                CultureInfo.InvariantCulture
            ) * 1024
            : null;
}
