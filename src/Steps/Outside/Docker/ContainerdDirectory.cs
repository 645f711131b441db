using System.Text.RegularExpressions;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// The directory of this host's containerd. With containerd's image store it holds Docker's images, whatever
/// <c>data-root</c> says.
/// </summary>
internal static partial class ContainerdDirectory
{
    private const string Default = "/var/lib/containerd";

    /// <summary>Its configuration.</summary>
    public const string File = "/etc/containerd/config.toml";

    /// <summary>The key <c>root</c> of its configuration, or its default.</summary>
    /// <param name="configuration">The text of <see cref="File"/>; null: there is none.</param>
    public static string In(string? configuration) =>
        (configuration ?? "")
            .Split('\n')
            .TakeWhile(l => !l.TrimStart().StartsWith('['))
            .Select(l => Root().Match(l))
            .Where(m => m.Success)
            .Select(m => m.Groups[1].Value)
            .FirstOrDefault(Default);

    [GeneratedRegex(@"^\s*root\s*=\s*[""'](/[^""']*)[""']")]
    private static partial Regex Root();
}
