using ErpInstaller.Apps;
using ErpInstaller.Releases;

namespace ErpInstaller.Image;

/// <summary>
/// Distributes the front ends over rows that are built in parallel. There are two rows if the memory
/// suffices for the two largest front ends at once, otherwise one. More rows gain little, because two already use two
/// cores.
/// </summary>
internal static class FrontEndRows
{
    // Memory for the builder, the engine and the installation of a Python part beside the front ends.
    private const long Beside = 1024;
    private const long MiB = 1024 * 1024;

    /// <summary>The apps' names in each row, in the order of the lock.</summary>
    /// <param name="memory">Available bytes on the host that builds; null: unknown, which gives one row.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(AppsLock apps, Release release, long? memory)
    {
        var names = apps.Apps.Select(a => a.Name).ToList();
        var needed = names.Select(n => (long)Build(release, n).MemoryMib).OrderDescending().Take(2).Sum() + Beside;
        if (names.Count < 2 || memory is null || memory / MiB < needed)
        {
            return [names];
        }

        var rows = (First: new List<string>(), Second: new List<string>());
        var seconds = (First: 0.0, Second: 0.0);
        foreach (var name in names)
        {
            var own = Build(release, name) is { FrontEnd: > 0 } known ? known.Packages + known.FrontEnd : 1;
            if (seconds.First <= seconds.Second)
            {
                rows.First.Add(name);
                seconds.First += own;
            }
            else
            {
                rows.Second.Add(name);
                seconds.Second += own;
            }
        }

        return [rows.First, rows.Second];
    }

    /// <summary>The build figures of an app; defaults for an app that is not in the release.</summary>
    public static ReleaseBuild Build(Release release, string app) =>
        release.Apps.GetValueOrDefault(app)?.Build ?? new ReleaseBuild();
}
