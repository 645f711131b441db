namespace ErpInstaller.HostChecks.Checks;

/// <summary>Formats amounts with their units.</summary>
internal static class Amounts
{
    public const long GiB = 1L << 30;
    public const long GB = 1_000_000_000;
    public const long MB = 1_000_000;

    /// <summary>Memory, in binary units.</summary>
    public static string Memory(long bytes) => $"{Cut(bytes, GiB):0.0} GiB";

    /// <summary>Disk space, in decimal units.</summary>
    public static string Disk(long bytes) => $"{Cut(bytes, GB):0.0} GB";

    /// <summary>Cores' worth of CPU time; a quota can be a fraction.</summary>
    public static string Cores(double count) => $"{Math.Floor(count * 100) / 100:0.##} core{(count == 1 ? "" : "s")}";

    // Rounds down: a message must not show "15.0 GiB" for an amount below 15 GiB that fails the check.
    private static double Cut(long bytes, long unit) => Math.Floor(bytes * 10.0 / unit) / 10;
}
