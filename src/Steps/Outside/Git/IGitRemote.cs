using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Git;

/// <summary>Remote git repositories: the real ones through <c>git</c>, or the rehearsal's.</summary>
public interface IGitRemote
{
    /// <summary>Lists branches and tags of a repository with the commits they point at.</summary>
    /// <param name="login">Null: what this host's git knows by itself.</param>
    /// <exception cref="RepositoryUnreachable">No such repository, no network, no permission.</exception>
    Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation);

    /// <summary>Reads small files of a commit, and as little else as the server lets.</summary>
    /// <param name="login">As above.</param>
    /// <returns>Path → text of those that are there; null: larger than allowed, or no text in UTF-8.</returns>
    /// <exception cref="RepositoryUnreachable">As above, or the repository does not have the commit.</exception>
    Task<IReadOnlyDictionary<string, string?>> ReadFilesAsync(
        GitFiles files,
        GitLogin? login,
        CancellationToken cancellation
    );

    /// <summary>Packs a commit, without its history.</summary>
    /// <exception cref="RepositoryUnreachable">As above, or the repository does not have the commit.</exception>
    Task PackAsync(GitPack pack, CancellationToken cancellation);
}

/// <summary>A repository could not be read.</summary>
public sealed class RepositoryUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(ErrorCode.RepositoryUnreachable, message, hint, cause);
