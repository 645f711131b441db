using CliWrap;
using CliWrap.Buffered;
using CliWrap.Builders;

namespace ErpInstaller.Outside.Git;

/// <summary>Runs the installed <c>git</c>, or a script that does, without any question to the operator.</summary>
internal static class GitProgram
{
    private const string Answer = "ERP_INSTALLER_GIT_LOGIN";

    /// <summary>Runs git.</summary>
    /// <param name="url">The repository.</param>
    /// <param name="login">The login; null to use this host's git configuration.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="RepositoryUnreachable">git failed or is not installed.</exception>
    public static Task<string> GitAsync(
        string url,
        GitLogin? login,
        IEnumerable<string> arguments,
        CancellationToken cancellation
    ) => RunAsync(url, login, "git", [.. Login(url, login), .. arguments], cancellation);

    /// <summary>Runs a script of bash that runs git.</summary>
    /// <inheritdoc cref="GitAsync"/>
    public static Task ScriptAsync(string url, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        RunAsync(url, null, "bash", arguments, cancellation);

    private static async Task<string> RunAsync(
        string url,
        GitLogin? login,
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation
    )
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
            throw new RepositoryUnreachable(
                $"{program} is not installed on this host",
                $"apt-get install {program}",
                e
            );
        }
    }

    // The token goes to that server only, even after a redirect, and is in no argument.
    private static string[] Login(string url, GitLogin? login)
    {
        if (login is null)
        {
            return [];
        }

        var helper = $"credential.{new Uri(url).GetLeftPart(UriPartial.Authority)}.helper";
        return ["-c", $"{helper}=", "-c", $"{helper}=!f() {{ printf %s \"${Answer}\"; }}; f"];
    }

    // git asks for a password if a repository does not exist, and ssh asks to trust a new host. Both must fail instead.
    private static void NeverAsk(EnvironmentVariablesBuilder variables, GitLogin? login)
    {
        variables.Set("GIT_TERMINAL_PROMPT", "0").Set("GIT_ASKPASS", "true").Set("LC_ALL", "C");
        if (Environment.GetEnvironmentVariable("GIT_SSH_COMMAND") is null)
        {
            // A silent connection ends after a minute, because a fetch has no other deadline.
            variables.Set(
                "GIT_SSH_COMMAND",
                "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
            );
        }

        if (login is not null)
        {
            variables.Set(Answer, login.Answer);
        }
    }
}
