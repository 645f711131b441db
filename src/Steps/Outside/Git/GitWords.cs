using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Git;

/// <summary>Explains the error messages of git, ssh and <c>pack.sh</c> to the operator.</summary>
internal static class GitWords
{
    private const string Marked = "erp-installer: ";

    // The order matters: ssh reports the cause, and git then only reports that it could not read.
    private static readonly Diagnosis[] Known =
    [
        new(
            Diagnosis.Says("Host key verification failed"),
            "this host does not know the server's ssh key",
            "Log in once by hand and compare the key: ssh -T GIT-USER@SERVER, as the user who runs this."
        ),
        new(
            Diagnosis.Says("Permission denied (publickey"),
            "the server accepts none of the offered ssh keys",
            "List the agent's keys: ssh-add -l. With sudo, keep the agent: sudo --preserve-env=SSH_AUTH_SOCK"
        ),
        new(
            Diagnosis.Says("dubious ownership"),
            "git refuses a repository that belongs to another user",
            "git config --global --add safe.directory PATH, as the user who runs this."
        ),
        new(
            Diagnosis.Says("Could not resolve host"),
            null,
            "This host cannot resolve the name. Check /etc/resolv.conf and the proxy variables."
        ),
        new(Diagnosis.Says("terminal prompts disabled", "Authentication failed"), null, Private),
        new(
            Diagnosis.Says("certificate"),
            null,
            "Something between this host and the server changes TLS: install its CA certificate with "
                + "update-ca-certificates."
        ),
    ];

    private const string Private =
        "The repository does not exist or is private. Check its address, or set a token: " + "apps.override.APP.token";

    /// <summary>Makes the error from the standard error of git.</summary>
    /// <param name="said">The standard error.</param>
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
        var found = Known.Find(said);
        return new RepositoryUnreachable(
            $"{url}: {found?.What ?? TerminalText.Clean(fatal)}",
            found?.Hint ?? $"Try it by hand: git ls-remote {url}"
        );
    }
}
