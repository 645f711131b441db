namespace ErpInstaller.Git;

/// <summary>Remote git repositories: the real ones through <c>git ls-remote</c>, or the rehearsal's.</summary>
public interface IGitRemote
{
    /// <summary>Lists branches and tags of a repository with the commits they point at.</summary>
    /// <exception cref="RepositoryUnreachable">No such repository, no network, no permission.</exception>
    Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, CancellationToken cancellation);
}
