using CliWrap;
using CliWrap.Buffered;
using CliWrap.Builders;
using ErpInstaller.Engine;

namespace ErpInstaller.Git;

/// <summary>Remote repositories through the installed <c>git</c>, with the operator's own configuration and ssh agent.</summary>
public sealed class GitRemote : IGitRemote
{
    private const string Answer = "ERP_INSTALLER_GIT_LOGIN";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GitRef>> ListRefsAsync(string url, GitLogin? login, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            return Parse(await AskAsync(url, login, "git", [.. Login(url, login), "ls-remote", "--heads", "--tags", "--", url], deadline.Token));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RepositoryUnreachable(
                $"{url}: no answer within {Patience.TotalSeconds:0} s", $"Try it by hand: git ls-remote {url}", e);
        }
    }

    /// <inheritdoc/>
    public Task PackAsync(GitPack pack, CancellationToken cancellation) =>
        AskAsync(pack.Url, null, "bash", [pack.Script, pack.Url, pack.Commit, pack.Ref, pack.File], cancellation);

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

    private static async Task<string> AskAsync(
        string url, GitLogin? login, string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        try
        {
            var result = await Cli.Wrap(program)
                .WithArguments(arguments)
                .WithEnvironmentVariables(variables => NeverAsk(variables, login))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellation);
            return result.ExitCode == 0 ? result.StandardOutput : throw GitWords.Explain(url, result.StandardError);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new RepositoryUnreachable($"{program} is not installed on this host", $"apt-get install {program}", e);
        }
    }

    // The token goes to that server alone, wherever it redirects to, and is in nobody's arguments.
    private static string[] Login(string url, GitLogin? login)
    {
        if (login is null)
        {
            return [];
        }

        var helper = $"credential.{new Uri(url).GetLeftPart(UriPartial.Authority)}.helper";
        return ["-c", $"{helper}=", "-c", $"{helper}=!f() {{ printf %s \"${Answer}\"; }}; f"];
    }

    // A repository that does not exist asks for a password; a host that is new to ssh asks for trust. Nobody is there to answer.
    private static void NeverAsk(EnvironmentVariablesBuilder variables, GitLogin? login)
    {
        variables.Set("GIT_TERMINAL_PROMPT", "0").Set("GIT_ASKPASS", "true").Set("LC_ALL", "C");
        if (Environment.GetEnvironmentVariable("GIT_SSH_COMMAND") is null)
        {
            // A line that falls silent ends after a minute: a fetch has no other deadline.
            variables.Set("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4");
        }

        if (login is not null)
        {
            variables.Set(Answer, login.Answer);
        }
    }
}
