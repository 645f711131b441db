using ErpInstaller.Apps.Requirements;
using ErpInstaller.Releases;

namespace ErpInstaller.Rehearsal;

/// <summary>The requirements in the rehearsed repository of an app.</summary>
internal static class RehearsedApp
{
    /// <summary>
    /// The app's <c>pyproject.toml</c>. It requires Frappe, Python and apps of the releases that have this ref.
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

    // Oldest first.
    private static IEnumerable<VersionSpan> Known(
        IReadOnlyList<Release> releases,
        Func<Release, VersionSpan?> versions
    ) => releases.Select(versions).OfType<VersionSpan>().OrderBy(s => s.From);
}
