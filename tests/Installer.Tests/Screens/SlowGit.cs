using ErpInstaller.Outside.Git;

namespace ErpInstaller.Tests.Screens;

/// <summary>Repositories that answer when the test says so.</summary>
internal sealed class SlowGit(IGitRemote inner, Task answers, Action asked) : IGitRemote
{
    public async Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation)
    {
        asked();
        await answers.WaitAsync(cancellation);
        return await inner.ListRefsAsync(url, login, cancellation);
    }

    public Task<IReadOnlyDictionary<string, string?>> ReadFilesAsync(
        GitFiles files,
        GitLogin? login,
        CancellationToken cancellation
    ) => inner.ReadFilesAsync(files, login, cancellation);

    public Task PackAsync(GitPack pack, CancellationToken cancellation) => inner.PackAsync(pack, cancellation);
}
