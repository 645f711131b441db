namespace ErpInstaller.Image;

/// <summary>Paths and user of the bench in Frappe's images.</summary>
internal static class BenchPaths
{
    /// <summary>uid and gid of the user frappe.</summary>
    public const int User = 1000;

    /// <summary>The bench's directory.</summary>
    public const string Directory = "/home/frappe/frappe-bench";

    /// <summary>
    /// The directory that all Frappe containers share. sites/assets is not shared: it belongs to the image, and a
    /// shared one would serve old assets after an update.
    /// </summary>
    public const string Sites = $"{Directory}/sites";

    /// <summary>Log files that Frappe writes in addition to its output.</summary>
    public const string Logs = $"{Directory}/logs";
}
