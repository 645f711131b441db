using ErpInstaller.Answers;
using ErpInstaller.Outside.Git;

namespace ErpInstaller.Apps.Requirements;

/// <summary>Reads an app's requirements from the files of its repository.</summary>
internal static class RequirementsReader
{
    // The largest such file in known apps has 12 kB.
    private const long Limit = 64 * 1024;

    /// <summary>The files to read.</summary>
    public static GitFiles Files(ChosenApp app, GitRef found) =>
        new(
            app.Url,
            found.Commit,
            found.Name,
            [PyprojectFile.Path, HooksFile.PathOf(app.Name), PackageFile.Path],
            Limit
        );

    /// <summary>
    /// Reads the requirements from the files that were found; see <see cref="IGitRemote.ReadFilesAsync"/>.
    /// </summary>
    public static AppRequirements Read(ChosenApp app, IReadOnlyDictionary<string, string?> files)
    {
        var hooks = HooksFile.PathOf(app.Name);
        var said =
            !files.TryGetValue(PyprojectFile.Path, out var pyproject) ? AppRequirements.None
            : pyproject is null ? new AppRequirements { Problem = $"{PyprojectFile.Path} is not text, or too long" }
            : PyprojectFile.Read(pyproject);
        var required =
            !files.TryGetValue(hooks, out var text) ? []
            : text is null ? null
            : HooksFile.RequiredApps(text);
        return said with
        {
            RequiredApps = required ?? [],
            Node = files.GetValueOrDefault(PackageFile.Path) is { } package ? PackageFile.Node(package) : null,
            Problem = said.Problem ?? (required is null ? $"required_apps in {hooks} is not understood" : null),
        };
    }
}
