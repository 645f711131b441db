using System.Text.RegularExpressions;

namespace ErpInstaller.Apps.Requirements;

/// <summary>Reads which apps an app's <c>hooks.py</c> requires, as the image's <c>check.py</c> does. Python is never run for it.</summary>
internal static partial class HooksFile
{
    /// <summary>The path in the repository.</summary>
    public static string PathOf(string app) => $"{app}/hooks.py";

    /// <summary>The apps' names; null: what it says is no plain list of texts.</summary>
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

        // ORGANISATION/NAME, an address, or NAME.
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
