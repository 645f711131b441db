using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>What was asked of a secret cannot be done.</summary>
public static class SecretRefused
{
    /// <summary>None has this name.</summary>
    public static InstallerException Unknown(string name, IReadOnlyList<string> names) =>
        new(
            ErrorCode.SecretRefused,
            $"There is no secret {Quoted.Text(name)}",
            Nearest.Suggest(name, names, "There are") ?? "erp-installer secrets"
        );

    /// <summary>It would be made by an installation, and there was none.</summary>
    public static InstallerException NotMade(SecretKnown secret) =>
        new(
            ErrorCode.SecretRefused,
            $"There is no {secret.Name} yet: {secret.Place} does not have it",
            "It is made by: erp-installer install"
        )
        {
            ExitCode = ExitCode.StepFailed,
        };

    /// <summary>Another system keeps it.</summary>
    public static InstallerException Elsewhere(SecretKnown secret) =>
        new(ErrorCode.SecretRefused, $"{secret.Name} is not kept at Nomad", $"It is here: {secret.Place}");

    /// <summary>It does not change by itself.</summary>
    public static InstallerException NotByName(string name, string hint) =>
        new(ErrorCode.SecretRefused, $"{name} cannot be rotated by its name", hint);

    /// <summary>The answers give the password that is there already.</summary>
    public static InstallerException Same(string name, string source) =>
        new(
            ErrorCode.SecretRefused,
            $"{name} stays as it is: the answers have the same one in {source}",
            "Change it there first; or take the key out of the answers, then a random one is made."
        );

    /// <summary>It would end in a file, a log or another program.</summary>
    public static InstallerException NotOnTerminal(string name) =>
        new(
            ErrorCode.SecretRefused,
            $"{Quoted.Text(name)} is not shown: a secret is written to a terminal only, and the output is none",
            "Scripts read it at Nomad, with a token that may: erp-installer secrets says in which variable it is, "
                + "then: nomad var get -item ITEM VARIABLE"
        );
}
