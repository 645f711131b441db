using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Git;

/// <summary>Remote git repositories: the real ones through <c>git</c>, or the rehearsal's.</summary>
public interface IGitRemote
{
    /// <summary>Lists branches and tags of a repository with the commits they point at.</summary>
    /// <param name="login">The login; null to use this host's git configuration.</param>
    /// <exception cref="RepositoryUnreachable">No such repository, no network, no permission.</exception>
    Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation);

    /// <summary>Reads small files of a commit, and transfers as little else as the server allows.</summary>
    /// <param name="login">As above.</param>
    /// <returns>Path → text of the existing files; null if a file is too large or not UTF-8.</returns>
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

/// <summary>A branch or tag of a remote repository.</summary>
/// <param name="Name">Without <c>refs/heads/</c> or <c>refs/tags/</c>.</param>
/// <param name="Commit">40 hex digits; for an annotated tag, its commit.</param>
/// <param name="IsTag">Whether it is a tag; otherwise a branch.</param>
public sealed record GitRef(string Name, string Commit, bool IsTag);

/// <summary>The installer's login at a git server.</summary>
/// <param name="Username">Servers that check only the token accept any name.</param>
/// <param name="Token">A password or an access token.</param>
public sealed record GitLogin(string Username, string Token)
{
    /// <summary>As git's credential helpers answer (git-credential(1)).</summary>
    public string Answer => $"username={Username}\npassword={Token}\n";

    /// <summary>The user name without the token.</summary>
    public override string ToString() => Username;
}

/// <summary>Files to read of a commit.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Ref">The branch or tag of the commit, for servers that do not serve commits.</param>
/// <param name="Paths">Inside the repository, with slashes.</param>
/// <param name="Limit">The largest allowed file, in bytes.</param>
public sealed record GitFiles(string Url, string Commit, string Ref, IReadOnlyList<string> Paths, long Limit);

/// <summary>A commit to pack into a file, for a build that cannot fetch it.</summary>
/// <param name="Script">Path of <c>pack.sh</c>.</param>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Ref">The branch or tag of the commit, for servers that do not serve commits.</param>
/// <param name="File">The pack to write, atomically.</param>
public sealed record GitPack(string Script, string Url, string Commit, string Ref, string File);
