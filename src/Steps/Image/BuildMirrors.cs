using ErpInstaller.Answers;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// The package mirrors of a build. Their URLs are in a script that the build's commands source; their logins are
/// secrets that BuildKit mounts for one command and keeps out of layers and history.
/// </summary>
internal sealed class BuildMirrors(ImageAnswers answers)
{
    /// <summary>The script in the build context.</summary>
    public const string Script = "mirrors.sh";

    /// <summary>Ids of the secrets.</summary>
    public const string Npmrc = "npmrc",
        Netrc = "netrc";

    /// <summary>True when the script is needed: the answers set a mirror of packages.</summary>
    public bool Any => answers is not { NpmRegistry: null, PythonIndex: null };

    /// <summary>The answer's key with a login, which needs BuildKit; null: no login.</summary>
    public string? Login =>
        answers switch
        {
            { NpmRegistry: not null, NpmPassword: not null } => MirrorLogins.NpmKey,
            { PythonIndex: not null, PythonPassword: not null } => MirrorLogins.PythonKey,
            { GitMirror: not null, GitPassword: not null } => MirrorLogins.GitKey,
            _ => null,
        };

    /// <summary>Options for a RUN instruction that installs packages of front ends.</summary>
    public string NpmMount => answers is { NpmRegistry: not null, NpmPassword: not null } ? Mount(Npmrc) : "";

    /// <summary>Options for a RUN instruction that installs Python packages.</summary>
    public string PythonMount => answers is { PythonIndex: not null, PythonPassword: not null } ? Mount(Netrc) : "";

    /// <summary>The script. Its values contain no quotes; that is validated when the answers are read.</summary>
    public GeneratedFile Write()
    {
        var lines = new List<string> { "# Where packages come from. Sourced by environment.sh." };
        if (answers.NpmRegistry is { } npm)
        {
            lines.Add(
                $"export MIRROR_OF_NPM='{npm.TrimEnd('/')}/' npm_config_registry='{npm.TrimEnd('/')}/' "
                    + $"YARN_REGISTRY='{npm.TrimEnd('/')}/'"
            );
        }

        if (answers.PythonIndex is { } index)
        {
            lines.Add($"export PIP_INDEX_URL='{index}'");
            if (new Uri(index) is { Scheme: "http" } plain)
            {
                lines.Add($"export PIP_TRUSTED_HOST='{plain.Authority}'");
            }
        }

        return new GeneratedFile(Script, string.Join('\n', lines) + "\n");
    }

    private static string Mount(string secret) =>
        $"--mount=type=secret,id={secret},target=/home/frappe/.{secret},uid=1000,required=true ";
}
