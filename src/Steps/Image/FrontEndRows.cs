using ErpInstaller.Apps;
using ErpInstaller.Releases;

namespace ErpInstaller.Image;

/// <summary>
/// Which front ends are built at the same time: rows, in each of which one waits for the other. Two rows where the memory
/// holds the two that take most, else one. More than two bring little: two cores are busy with two.
/// </summary>
internal static class FrontEndRows
{
    // What the builder, the engine and an installation of a Python part take beside the front ends.
    private const long Beside = 1024;
    private const long MiB = 1024 * 1024;

    /// <summary>The names of the apps in each row, in the order of the lock.</summary>
    /// <param name="memory">Bytes that are available on the host that builds; null: not known, then one row.</param>
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

    /// <summary>What building an app takes; defaults for one that the release does not know.</summary>
    public static ReleaseBuild Build(Release release, string app) =>
        release.Apps.GetValueOrDefault(app)?.Build ?? new ReleaseBuild();
}
