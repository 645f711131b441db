using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Git;

namespace ErpInstaller.Apps;

/// <summary>Resolves an app's ref to a commit.</summary>
public static partial class RefResolver
{
    private const int Suggestions = 4;

    /// <summary>
    /// Finds the branch, tag or commit. A branch takes precedence over a tag of the same name, as in <c>git clone</c>.
    /// Whether a commit exists is not checked here, but when its files are read.
    /// </summary>
    /// <exception cref="InstallerException">There is none; names the nearest that exist.</exception>
    public static GitRef Resolve(ChosenApp app, IReadOnlyList<GitRef> refs)
    {
        var found =
            IsCommit(app.Ref) ? new GitRef(app.Ref, app.Ref, IsTag: false)
            : app.Ref.EndsWith('*') ? NewestTag(refs, app.Ref[..^1])
            : refs.Where(r => r.Name == app.Ref).MinBy(r => r.IsTag);
        return found ?? throw AppErrors.RefMissing(app, Nearest(app.Ref, refs));
    }

    /// <summary>True for a full commit id.</summary>
    public static bool IsCommit(string reference) => Commit().IsMatch(reference);

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    private static GitRef? NewestTag(IReadOnlyList<GitRef> refs, string prefix) =>
        refs.Where(r => r.IsTag && r.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(r => VersionOf(r.Name) is not null)
            .MaxBy(r => VersionOf(r.Name));

    // A pre-release such as "v16.1.0-beta.2" must not match a pattern; it does not parse.
    private static Version? VersionOf(string tag) =>
        Version.TryParse(tag.TrimStart('v'), out var version) ? version : null;

    /// <summary>
    /// Finds the branches and tags with the most similar names; at equal distance branches come first.
    /// </summary>
    private static IReadOnlyList<string> Nearest(string wanted, IReadOnlyList<GitRef> refs) =>
        [
            .. refs.OrderBy(r => EditDistance.Between(wanted, r.Name))
                .ThenBy(r => r.IsTag)
                .ThenBy(r => r.Name, StringComparer.Ordinal)
                .Select(r => r.Name)
                .Distinct()
                .Take(Suggestions),
        ];
}
