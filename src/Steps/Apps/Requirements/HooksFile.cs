using System.Text.RegularExpressions;

namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// Reads the apps that an app's <c>hooks.py</c> requires, like <c>check.py</c> in the image, but without running
/// Python.
/// </summary>
internal static partial class HooksFile
{
    /// <summary>The file's path in the repository.</summary>
    public static string PathOf(string app) => $"{app}/hooks.py";

    /// <summary>The apps' names; null when the value is not a plain list of strings.</summary>
    public static IReadOnlyList<string>? RequiredApps(string text)
    {
        if (Assignment().Match(text) is not { Success: true } match)
        {
            return [];
        }

        if (List().Match(match.Groups["list"].Value) is not { Success: true } list)
        {
            return null;
        }

        // ORGANISATION/NAME, a URL, or NAME.
        List<string> names =
        [
            .. list.Groups["item"].Captures.Select(c => WithoutGit(c.Value.TrimEnd('/')).Split('/')[^1]),
        ];
        return names.TrueForAll(PyprojectFile.AppName().IsMatch) ? names : null;
    }

    private static string WithoutGit(string address) =>
        address.EndsWith(".git", StringComparison.Ordinal) ? address[..^4] : address;

    [GeneratedRegex(
        @"^required_apps\s*=\s*(?<list>\[[^\]]*\]|[^\n]*)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Assignment();

    [GeneratedRegex(
        """^\[\s*((["'](?<item>[A-Za-z0-9_./:@-]+)["'])\s*(,\s*|(?=\])))*\]\z""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex List();
}
