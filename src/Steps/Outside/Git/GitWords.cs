using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Git;

/// <summary>What git, ssh and <c>pack.sh</c> say when they fail, for the operator.</summary>
internal static class GitWords
{
    private const string Marked = "erp-installer: ";

    // In the order in which they count: ssh says why, and git then only that it could not read.
    private static readonly (string Says, string? What, string Hint)[] Known =
    [
        (
            "Host key verification failed",
            "this host does not know the server's ssh key",
            "Log in once by hand and compare the key: ssh -T GIT-USER@SERVER, as the user who runs this."
        ),
        (
            "Permission denied (publickey",
            "the server takes none of the ssh keys that are offered",
            "See what the agent has: ssh-add -l. Under sudo it is lost: sudo --preserve-env=SSH_AUTH_SOCK"
        ),
        (
            "dubious ownership",
            "git does not read a repository that belongs to somebody else",
            "git config --global --add safe.directory PATH, as the user who runs this."
        ),
        (
            "Could not resolve host",
            null,
            "This host cannot resolve the name: look at /etc/resolv.conf and the proxy variables."
        ),
        ("terminal prompts disabled", null, Private),
        ("Authentication failed", null, Private),
        (
            "certificate",
            null,
            "Something between this host and the server changes TLS: install its CA certificate with update-ca-certificates."
        ),
    ];

    private const string Private =
        "The repository does not exist or is private: look at its address, or give a token: apps.override.APP.token";

    /// <summary>Makes an error of it.</summary>
    /// <param name="said">What was written to the standard error.</param>
    public static RepositoryUnreachable Explain(string url, string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.FirstOrDefault(l => l.StartsWith(Marked, StringComparison.Ordinal)) is { } own)
        {
            return new RepositoryUnreachable(
                $"{url}: {TerminalText.Clean(own[Marked.Length..])}",
                "Resolve the refs again: erp-installer install --update-lock"
            );
        }

        var fatal = lines.LastOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal)) ?? said.Trim();
        foreach (var (says, what, hint) in Known)
        {
            if (said.Contains(says, StringComparison.OrdinalIgnoreCase))
            {
                return new RepositoryUnreachable($"{url}: {what ?? TerminalText.Clean(fatal)}", hint);
            }
        }

        return new RepositoryUnreachable($"{url}: {TerminalText.Clean(fatal)}", $"Try it by hand: git ls-remote {url}");
    }
}
