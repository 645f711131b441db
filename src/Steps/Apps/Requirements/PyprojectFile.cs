using System.Text.RegularExpressions;
using ErpInstaller.Core.Toml;

namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// Reads the requirements in an app's <c>pyproject.toml</c>. The text is untrusted and can be malformed anywhere.
/// </summary>
internal static partial class PyprojectFile
{
    /// <summary>The file's path in the repository.</summary>
    public const string Path = "pyproject.toml";

    private static readonly AppRequirements Unreadable = new() { Problem = $"{Path} cannot be read" };

    /// <summary>Reads the file's text. The result has a problem when a value is malformed.</summary>
    public static AppRequirements Read(string text)
    {
        var problems = new ProblemList(Path);
        var tree = TomlTree.Read(text, problems);
        if (!tree.IsWhole || !problems.AreNone)
        {
            return Unreadable;
        }

        var apps = new Dictionary<string, string>(StringComparer.Ordinal);
        var table = Find(tree.Root, "tool", "bench", "frappe-dependencies");
        foreach (var member in (table as TableNode)?.Members ?? [])
        {
            if (member.Value is not TextNode versions || !AppName().IsMatch(member.Name))
            {
                return Unreadable;
            }

            apps[member.Name] = versions.Value;
        }

        return table is null or TableNode
            ? new AppRequirements
            {
                Apps = apps,
                Python = (Find(tree.Root, "project", "requires-python") as TextNode)?.Value,
            }
            : Unreadable;
    }

    private static TomlNode? Find(TomlNode? node, params IEnumerable<string> names) =>
        names.Aggregate(node, (at, name) => (at as TableNode)?.Find(name)?.Value);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    internal static partial Regex AppName();
}
