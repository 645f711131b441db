using ErpInstaller.Apps.Requirements;
using ErpInstaller.Releases;

namespace ErpInstaller.Rehearsal;

/// <summary>The requirements that the rehearsed repository of an app states.</summary>
internal static class RehearsedApp
{
    /// <summary>
    /// Its <c>pyproject.toml</c>: Frappe and Python of the releases that name its ref, and the apps that they install
    /// with it.
    /// </summary>
    public static string Pyproject(string url, IReadOnlyList<Release> releases)
    {
        var requires = releases
            .SelectMany(r => r.Apps.Values)
            .Where(a => a.Url == url)
            .SelectMany(a => a.Requires)
            .Distinct(StringComparer.Ordinal);
        return $"""
            [project]
            {string.Concat(
                Known(releases, ReleaseVersions.OfPython).Take(1).Select(p => $"requires-python = \">={p}\"")
            )}

            [tool.bench.frappe-dependencies]
            {string.Concat(Frappe([.. Known(releases, ReleaseVersions.BranchOfFrappe)]))}
            {string.Join('\n', requires.Select(r => $"{r} = \">=0.0.1\""))}

            """;
    }

    private static IEnumerable<string> Frappe(IReadOnlyList<VersionSpan> spans) =>
        spans.Count == 0 ? [] : [$"frappe = \">={spans[0].From},<{spans[^1].Below}\""];

    // From the oldest to the newest.
    private static IEnumerable<VersionSpan> Known(
        IReadOnlyList<Release> releases,
        Func<Release, VersionSpan?> versions
    ) => releases.Select(versions).OfType<VersionSpan>().OrderBy(s => s.From);
}
