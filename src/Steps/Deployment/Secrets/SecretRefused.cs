using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>Errors of requests for a secret.</summary>
public static class SecretRefused
{
    /// <summary>No secret has this name.</summary>
    public static InstallerException Unknown(string name, IReadOnlyList<string> names) =>
        new(
            ErrorCode.SecretRefused,
            $"There is no secret {Quoted.Text(name)}",
            Nearest.Suggest(name, names, "There are") ?? "erp-installer secrets"
        );

    /// <summary>An installation would make it, and there was none yet.</summary>
    public static InstallerException NotMade(SecretKnown secret) =>
        new(
            ErrorCode.SecretRefused,
            $"There is no {secret.Name} yet: {secret.Place} does not have it",
            "Make it: erp-installer install"
        )
        {
            ExitCode = ExitCode.StepFailed,
        };

    /// <summary>Another system keeps it.</summary>
    public static InstallerException Elsewhere(SecretKnown secret) =>
        new(ErrorCode.SecretRefused, $"{secret.Name} is not kept at Nomad", $"It is here: {secret.Place}");

    /// <summary>It can change only together with something else.</summary>
    public static InstallerException NotByName(string name, string hint) =>
        new(ErrorCode.SecretRefused, $"{name} cannot be rotated by its name", hint);

    /// <summary>The answers give the password that is in use already.</summary>
    public static InstallerException Same(string name, string source) =>
        new(
            ErrorCode.SecretRefused,
            $"{name} stays as it is: the answers have the same one in {source}",
            "Change it there first, or remove the key from the answers to get a random one."
        );

    /// <summary>The file for it exists. It is not replaced.</summary>
    public static InstallerException FileExists(string file) =>
        new(ErrorCode.SecretRefused, $"{file}: the file exists", "Give the name of a new file.");

    /// <summary>The file for it cannot be written.</summary>
    public static InstallerException NotWritten(InstallerException cause) =>
        new(ErrorCode.SecretRefused, cause.Message, "Give a file in a directory that you can write.", cause);

    /// <summary>The output is not a terminal: the secret would end in a file, a log or another program.</summary>
    public static InstallerException NotOnTerminal(string name) =>
        new(
            ErrorCode.SecretRefused,
            $"{Quoted.Text(name)} is not shown: a secret is written to a terminal only, and the output is not one",
            "For a script, write it into a file that only you can read: erp-installer secrets NAME --to FILE"
        );
}
