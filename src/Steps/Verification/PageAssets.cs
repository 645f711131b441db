using System.Text.RegularExpressions;

namespace ErpInstaller.Verification;

/// <summary>
/// The style sheets and scripts that a page of the site names. After a faulty update they are the first to be missing:
/// the page comes from the new image, while its assets would be searched in the old one.
/// </summary>
internal static partial class PageAssets
{
    /// <summary>Their paths, each once. Assets on other servers are left out.</summary>
    public static IReadOnlyList<string> In(string page) =>
        [.. Named().Matches(page).Select(m => m.Groups["path"].Value).Distinct()];

    [GeneratedRegex(
        """(?:href|src)\s*=\s*["']?(?<path>/assets/[A-Za-z0-9_./-]+\.(?:css|js))""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Named();
}
