using CliWrap;
using CliWrap.Buffered;
using CliWrap.Exceptions;
using ErpInstaller.Engine;

namespace ErpInstaller.Git;

/// <summary>Remote repositories through the installed <c>git</c>, with the operator's own configuration and ssh agent.</summary>
public sealed class GitRemote : IGitRemote
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            var result = await Cli.Wrap("git")
                .WithArguments(["ls-remote", "--heads", "--tags", "--", url])
                .WithEnvironmentVariables(NeverAsk)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(deadline.Token);
            return result.ExitCode == 0 ? Parse(result.StandardOutput) : throw Explain(url, result.StandardError);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RepositoryUnreachable("git is not installed on this host", "apt-get install git", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RepositoryUnreachable(
                $"{url}: no answer within {Patience.TotalSeconds:0} s", $"Try it by hand: git ls-remote {url}", e);
        }
    }

    /// <summary>Reads what <c>git ls-remote --heads --tags</c> prints; an annotated tag counts with the commit it tags.</summary>
    internal static IReadOnlyList<GitRef> Parse(string output)
    {
        const string Peeled = "^{}";
        var refs = new Dictionary<string, GitRef>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t', 2);
            if (parts.Length != 2)
            {
                continue;
            }

            var isTag = parts[1].StartsWith("refs/tags/", StringComparison.Ordinal);
            var full = parts[1].EndsWith(Peeled, StringComparison.Ordinal) ? parts[1][..^Peeled.Length] : parts[1];
            var name = full[(isTag ? "refs/tags/" : "refs/heads/").Length..];

            // The peeled line comes second and replaces the tag object's own id.
            refs[full] = new GitRef(name, parts[0], isTag);
        }

        return [.. refs.Values];
    }

    // A repository that does not exist asks for a password; a host that is new to ssh asks for trust. Nobody is there to answer.
    private static void NeverAsk(CliWrap.Builders.EnvironmentVariablesBuilder variables)
    {
        variables.Set("GIT_TERMINAL_PROMPT", "0").Set("GIT_ASKPASS", "true").Set("LC_ALL", "C");
        if (Environment.GetEnvironmentVariable("GIT_SSH_COMMAND") is null)
        {
            variables.Set("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        }
    }

    private static RepositoryUnreachable Explain(string url, string errors)
    {
        var said = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal)) ?? errors.Trim();
        var hint = said switch
        {
            _ when said.Contains("Could not resolve host", StringComparison.Ordinal) => "This host cannot resolve the name: look at /etc/resolv.conf and the proxy variables.",
            _ when said.Contains("terminal prompts disabled", StringComparison.Ordinal) || said.Contains("Authentication failed", StringComparison.Ordinal) =>
                "The repository does not exist or is private: look at its address, or give git credentials for it.",
            _ when said.Contains("certificate", StringComparison.OrdinalIgnoreCase) => "Something between this host and the server changes TLS: install its CA certificate with update-ca-certificates.",
            _ => $"Try it by hand: git ls-remote {url}",
        };
        return new RepositoryUnreachable($"{url}: {TerminalText.Clean(said)}", hint);
    }
}
