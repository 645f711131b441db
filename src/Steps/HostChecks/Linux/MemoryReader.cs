using System.Globalization;

namespace ErpInstaller.HostChecks;

/// <summary>Reads how much memory there is and how much of it this process may use.</summary>
internal sealed class MemoryReader(HostFiles files, ControlGroups groups)
{
    private const string Key = "MemTotal:";

    /// <exception cref="IOException">/proc is not there, or says something else than it does since ever.</exception>
    public MemoryFact Read()
    {
        var line = files.ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal))
            ?? throw new IOException("/proc/meminfo has no MemTotal");
        var kibibytes = line[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return new MemoryFact(long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024, groups.MemoryLimit());
    }
}
