namespace ErpInstaller.Deployment;

/// <summary>Paths and user of the bench in Frappe's images.</summary>
internal static class Bench
{
    /// <summary>uid and gid of the user frappe.</summary>
    public const int User = 1000;

    /// <summary>The bench's directory.</summary>
    public const string Directory = "/home/frappe/frappe-bench";

    /// <summary>
    /// The volumes that all Frappe containers share. Not sites/assets: it belongs to the image, and a shared one would show
    /// old assets after an update.
    /// </summary>
    public static IReadOnlyList<JobMount> Mounts(string job) =>
        [new JobMount($"{job}-sites", $"{Directory}/sites"), new JobMount($"{job}-logs", $"{Directory}/logs")];
}
