using System.Text.RegularExpressions;

namespace ErpInstaller.Verification;

/// <summary>
/// The style sheets and scripts that a page of the site names. After an update they are what is missing first: the page is of
/// the new image, and its files would be looked for among those of the old one.
/// </summary>
internal static partial class PageAssets
{
    /// <summary>Their paths, each once. Others' addresses are not ours to look at.</summary>
    public static IReadOnlyList<string> In(string page) =>
        [.. Named().Matches(page).Select(m => m.Groups["path"].Value).Distinct()];

    [GeneratedRegex(
        """(?:href|src)\s*=\s*["']?(?<path>/assets/[A-Za-z0-9_./-]+\.(?:css|js))""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Named();
}
