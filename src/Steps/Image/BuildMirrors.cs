using ErpInstaller.Answers;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Mirrors in a build: their addresses are in a script that its commands read, their logins in secrets that BuildKit mounts
/// for a command and keeps out of layers and history.
/// </summary>
internal sealed class BuildMirrors(ImageAnswers answers)
{
    /// <summary>Files of the context.</summary>
    public const string Script = "mirrors.sh",
        Authorities = "authorities.pem";

    /// <summary>Ids of the secrets.</summary>
    public const string Npmrc = "npmrc",
        Netrc = "netrc";

    /// <summary>The build differs from one that reaches everything.</summary>
    public bool Any => answers is not { NpmRegistry: null, PythonIndex: null, CaCertificate: null };

    /// <summary>The key whose login only BuildKit keeps secret; null: none is given.</summary>
    public string? Login =>
        answers switch
        {
            { NpmRegistry: not null, NpmPassword: not null } => MirrorLogins.NpmKey,
            { PythonIndex: not null, PythonPassword: not null } => MirrorLogins.PythonKey,
            { GitMirror: not null, GitPassword: not null } => MirrorLogins.GitKey,
            _ => null,
        };

    /// <summary>Names of the context's files, for an instruction that copies them.</summary>
    public string Files => answers.CaCertificate is null ? Script : $"{Script} {Authorities}";

    /// <summary>Options of a command that installs packages of front ends.</summary>
    public string NpmMount => answers is { NpmRegistry: not null, NpmPassword: not null } ? Mount(Npmrc) : "";

    /// <summary>Options of a command that installs Python packages.</summary>
    public string PythonMount => answers is { PythonIndex: not null, PythonPassword: not null } ? Mount(Netrc) : "";

    /// <summary>The script. Its values are checked when the answers are read: none has a quote.</summary>
    public GeneratedFile Write()
    {
        var lines = new List<string> { "# Where packages come from. Sourced by environment.sh." };
        if (answers.NpmRegistry is { } npm)
        {
            lines.Add(
                $"export MIRROR_OF_NPM='{npm.TrimEnd('/')}/' npm_config_registry='{npm.TrimEnd('/')}/' YARN_REGISTRY='{npm.TrimEnd('/')}/'"
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
