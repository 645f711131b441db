using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Apps;
using ErpInstaller.Apps.Requirements;
using ErpInstaller.Outside.Git;
using ErpInstaller.Releases;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The repositories of all releases, with only the refs that the releases name: an override with another ref fails as
/// it would in a real repository. The chosen release brings the operator's own apps. A commit's id is a hash of address
/// and ref, so it is always the same. At a release's ref, an app requires that release.
/// </summary>
internal sealed class RehearsedGit(ReleaseCatalog catalog, Release chosen) : IGitRemote
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var names = Releases()
            .SelectMany(r => r.Apps.Values)
            .Where(a => a.Url == url)
            .Select(a => a.Ref)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
        {
            throw new RepositoryUnreachable(
                $"{url}: the rehearsal does not know this repository",
                "It has only the repositories of the releases. Rehearse without this override."
            );
        }

        return Task.FromResult<IReadOnlyList<GitRef>>([.. names.Select(n => RefOf(url, n))]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string?>> ReadFilesAsync(
        GitFiles files,
        GitLogin? login,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        var releases = Releases()
            .Where(r => r.Apps.Values.Any(a => a.Url == files.Url && RefOf(a.Url, a.Ref).Commit == files.Commit))
            .ToList();
        var texts = new Dictionary<string, string?>();
        if (releases.Count > 0)
        {
            texts[PyprojectFile.Path] = RehearsedApp.Pyproject(files.Url, releases);
        }

        return Task.FromResult<IReadOnlyDictionary<string, string?>>(texts);
    }

    /// <inheritdoc/>
    public Task PackAsync(GitPack pack, CancellationToken cancellation) => Task.CompletedTask;

    private IEnumerable<Release> Releases() =>
        catalog.Names.Where(n => n != chosen.Version).Select(catalog.Load).Append(chosen);

    private static GitRef RefOf(string url, string name)
    {
        // "v16.*" stands for the newest such tag that the releases name.
        var known = name.EndsWith('*') ? name[..^1] + "1.0" : name;
        var commit = RefResolver.IsCommit(known)
            ? known
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{url} {known}")))[..40];
        return new GitRef(known, commit, IsTag: known.StartsWith('v') && known.Contains('.', StringComparison.Ordinal));
    }
}
