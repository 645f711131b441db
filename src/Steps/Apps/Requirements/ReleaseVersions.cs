using System.Globalization;
using ErpInstaller.Releases;

namespace ErpInstaller.Apps.Requirements;

/// <summary>Which versions a release's images have, as far as the release says it.</summary>
internal static class ReleaseVersions
{
    private const string Branch = "version-";

    /// <summary>Frappe's or ERPNext's versions; null: neither of the two, or not known.</summary>
    public static VersionSpan? OfApp(string app, Release release) =>
        app switch
        {
            "frappe" => Frappe(release),
            "erpnext" => VersionSpan.Of(release.Version),
            _ => null,
        };

    /// <summary>Python's versions; null: not known.</summary>
    public static VersionSpan? OfPython(Release release) => VersionSpan.Of(release.Python);

    /// <summary>Node.js's versions; null: not known.</summary>
    public static VersionSpan? OfNode(Release release) =>
        release.Node > 0 ? VersionSpan.Of(release.Node.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>All versions of Frappe's branch; null: it is none of a version.</summary>
    public static VersionSpan? BranchOfFrappe(Release release) =>
        release.Frappe.StartsWith(Branch, StringComparison.Ordinal)
            ? VersionSpan.Of(release.Frappe[Branch.Length..])
            : null;

    private static VersionSpan? Frappe(Release release) =>
        ReleaseNumber.Parse(release.FrappeFrom, out _) is { } from
        && ReleaseNumber.Parse(release.FrappeBelow, out _) is { } below
            ? new VersionSpan(from, below)
            : BranchOfFrappe(release);
}
