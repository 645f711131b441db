using System.Globalization;
using ErpInstaller.Releases;

namespace ErpInstaller.Apps.Requirements;

/// <summary>The versions in a release's images, as far as the release file states them.</summary>
internal static class ReleaseVersions
{
    private const string Branch = "version-";

    /// <summary>Versions of Frappe or ERPNext; null for another app, or if unknown.</summary>
    public static VersionSpan? OfApp(string app, Release release) =>
        app switch
        {
            "frappe" => Frappe(release),
            "erpnext" => VersionSpan.Of(release.Version),
            _ => null,
        };

    /// <summary>Versions of Python; null: unknown.</summary>
    public static VersionSpan? OfPython(Release release) => VersionSpan.Of(release.Python);

    /// <summary>Versions of Node.js; null: unknown.</summary>
    public static VersionSpan? OfNode(Release release) =>
        release.Node > 0 ? VersionSpan.Of(release.Node.ToString(CultureInfo.InvariantCulture)) : null;

    /// <summary>All versions of Frappe's branch; null when the branch does not name a version.</summary>
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
