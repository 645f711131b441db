using ErpInstaller.Apps;
using ErpInstaller.Releases;

namespace ErpInstaller.Image;

/// <summary>
/// Distributes the front ends over rows that are built in parallel: as many as keep the cores busy, if the memory
/// suffices for the largest front ends at once, otherwise fewer.
/// </summary>
internal static class FrontEndRows
{
    // Memory for the builder, the engine and the installation of a Python part beside the front ends.
    private const long Beside = 1024;
    private const long MiB = 1024 * 1024;

    // vite and its garbage collection use one to two cores.
    private const double CoresOfOne = 2;
    private const int Fewest = 2;

    /// <summary>The apps' names in each row, in the order in which they are built.</summary>
    /// <param name="memory">Available bytes on the host that builds; null: unknown, which gives one row.</param>
    /// <param name="cores">Cores of the host that builds.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(AppsLock apps, Release release, long? memory, double cores)
    {
        var names = apps.Apps.Select(a => a.Name).ToList();
        var rows = Enumerable.Range(0, Count(names, release, memory, cores)).Select(_ => new List<string>()).ToList();
        if (rows.Count == 1)
        {
            return [names];
        }

        // The longest first, each in the row that has least to do: the longest ones decide how long the build takes.
        foreach (var name in names.OrderByDescending(SecondsOf))
        {
            rows.MinBy(r => r.Sum(SecondsOf))!.Add(name);
        }

        return rows;

        double SecondsOf(string name) =>
            Build(release, name) is { FrontEnd: > 0 } known ? known.Packages + known.FrontEnd : 1;
    }

    private static int Count(List<string> names, Release release, long? memory, double cores)
    {
        var needed = names.Select(n => (long)Build(release, n).MemoryMib).OrderDescending().ToList();
        var count = Math.Min(names.Count, Math.Max(Fewest, (int)(cores / CoresOfOne)));
        while (count > 1 && (memory ?? 0) / MiB < needed.Take(count).Sum() + Beside)
        {
            count--;
        }

        return Math.Max(1, count);
    }

    /// <summary>The build figures of an app; defaults for an app that is not in the release.</summary>
    public static ReleaseBuild Build(Release release, string app) =>
        release.Apps.GetValueOrDefault(app)?.Build ?? new ReleaseBuild();
}
