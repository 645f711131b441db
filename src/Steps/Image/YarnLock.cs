using System.Text.RegularExpressions;

namespace ErpInstaller.Image;

/// <summary>Reads the versions in a <c>yarn.lock</c> of yarn 1.</summary>
internal static partial class YarnLock
{
    /// <summary>
    /// Maps each request for a package to the version that yarn chose: <c>frappe-ui@^0.1.100</c> → <c>0.1.168</c>.
    /// </summary>
    /// <remarks>
    /// An entry begins with a line <c>"a@^1.0", "a@^1.1":</c>, and its version follows in the next line. Other lines
    /// are ignored.
    /// </remarks>
    public static IReadOnlyDictionary<string, string> Versions(string text)
    {
        var versions = new Dictionary<string, string>();
        foreach (Match entry in Entry().Matches(text))
        {
            foreach (var request in entry.Groups["requests"].Value.Split(", "))
            {
                versions[request.Trim('"')] = entry.Groups["version"].Value;
            }
        }

        return versions;
    }

    /// <summary>
    /// The name of the package in a request, which may have a scope: <c>@vue/compat@^3.0</c>. The rest can be an
    /// address with a login.
    /// </summary>
    public static string NameIn(string request)
    {
        var end = request.Length > 0 ? request.IndexOf('@', 1) : -1;
        return end < 0 ? request : request[..end];
    }

    [GeneratedRegex(
        "^(?<requests>[^ #\\n][^\\n]*):\\r?\\n  version \"?(?<version>[^\"\\s]+)\"?\\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Entry();
}
