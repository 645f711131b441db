using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>What was asked of a secret cannot be done.</summary>
public sealed class SecretRefused : InstallerException
{
    private SecretRefused(string message, string hint, ExitCode exitCode = ExitCode.Usage)
        : base(message, hint, exitCode) { }

    /// <summary>None has this name.</summary>
    public static SecretRefused Unknown(string name, IReadOnlyList<string> names) =>
        new(
            $"There is no secret {Quoted.Text(name)}",
            Nearest.Suggest(name, names, "There are") ?? "erp-installer secrets"
        );

    /// <summary>It would be made by an installation, and there was none.</summary>
    public static SecretRefused NotMade(SecretKnown secret) =>
        new(
            $"There is no {secret.Name} yet: {secret.Place} does not have it",
            "It is made by: erp-installer install",
            ExitCode.StepFailed
        );

    /// <summary>It is kept by somebody else.</summary>
    public static SecretRefused Elsewhere(SecretKnown secret) =>
        new($"{secret.Name} is not kept at Nomad", $"It is here: {secret.Place}");

    /// <summary>It does not change by itself.</summary>
    public static SecretRefused NotByName(string name, string hint) =>
        new($"{name} cannot be rotated by its name", hint);

    /// <summary>The answers give the password that is there already.</summary>
    public static SecretRefused Same(string name, string source) =>
        new(
            $"{name} stays as it is: the answers have the same one in {source}",
            "Change it there first; or take the key out of the answers, then a random one is made."
        );

    /// <summary>It would end in a file, a log or another program.</summary>
    public static SecretRefused NotOnTerminal(string name) =>
        new(
            $"{Quoted.Text(name)} is not shown: a secret is written to a terminal only, and the output is none",
            "Scripts read it at Nomad, with a token that may: erp-installer secrets says in which variable it is, then: nomad var get -item ITEM VARIABLE"
        );
}
