using System.Globalization;
using System.Text.RegularExpressions;

namespace ErpInstaller.Outside.Host;

/// <summary>The mounts of this process.</summary>
internal sealed partial class MountTable(IReadOnlyList<Mount> mounts)
{
    /// <summary>All mounts, in the order in which they were made.</summary>
    public IReadOnlyList<Mount> Mounts => mounts;

    /// <summary>Reads the mounts that this process sees.</summary>
    /// <exception cref="IOException">/proc is not mounted.</exception>
    public static MountTable Read(HostFiles files) => Parse(files.ReadOrThrow("/proc/self/mountinfo"));

    /// <summary>Parses the text of a mountinfo file.</summary>
    public static MountTable Parse(string text)
    {
        var mounts = new List<Mount>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // id parent major:minor root mount-point options [tags…] - type source file-system-options
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-", 6);
            if (dash > 0 && fields.Length > dash + 3)
            {
                mounts.Add(
                    new Mount(
                        fields[2],
                        Unescape(fields[3]),
                        Unescape(fields[4]),
                        fields[dash + 1],
                        fields[dash + 3].Split(',')
                    )
                );
            }
        }

        return new MountTable(mounts);
    }

    /// <summary>
    /// Finds the mount of an absolute path without symbolic links. Of two mounts on one mount point, the later hides
    /// the earlier.
    /// </summary>
    public Mount? Of(string path) =>
        mounts
            .Where(m => IsBelow(path, m.MountPoint))
            .Select((mount, order) => (mount, order))
            .OrderByDescending(m => m.mount.MountPoint.Length)
            .ThenByDescending(m => m.order)
            .Select(m => m.mount)
            .FirstOrDefault();

    private static bool IsBelow(string path, string directory) =>
        directory == "/" || path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    // The kernel writes space, tab, newline and backslash as octal escapes.
    private static string Unescape(string field) =>
        Octal()
            .Replace(field, m => ((char)Convert.ToInt32(m.Groups[1].Value, 8)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();
}
