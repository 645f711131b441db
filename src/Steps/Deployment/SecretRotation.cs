using ErpInstaller.Answers;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// Gives a named password a new value. It is written into the Variables at once. The init job of the next install sets
/// it in site and database. The old values are kept, so an interruption does no harm.
/// </summary>
public sealed class SecretRotation(Installation installation)
{
    /// <summary>What can be rotated.</summary>
    public static readonly IReadOnlyList<string> Names = [VariablePaths.AdminPassword, VariablePaths.RootPassword];

    private const int MostBefore = 10;

    private readonly StepContext _context = installation.ContextOf(new DeploymentStep());

    private string Path => VariablePaths.Init(_context.Answers.Nomad.Job);

    /// <summary>Rotates it.</summary>
    /// <exception cref="InstallerException">There is no secret of this name, it cannot be rotated, or it does not exist
    /// yet.</exception>
    /// <exception cref="InstallerException">An install is running.</exception>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task RotateAsync(string name, CancellationToken cancellation)
    {
        var secrets = await new SecretList(_context).LookAsync(cancellation);
        var secret = SecretList.Named(name, secrets);
        if (!Names.Contains(secret.Name))
        {
            throw SecretRefused.NotByName(secret.Name, HowElse(secret));
        }

        _context.Directory.Prepare();
        using var held = RunLock.Take(_context.Directory, _context.World.Time);
        using var log = InstallLog.Open(installation);
        await RotateAsync(secret, cancellation);
        _context.Report.Log($"{secret.Name}: a new value is in {secret.Place}");
    }

    private async Task RotateAsync(SecretKnown secret, CancellationToken cancellation)
    {
        var nomad = _context.World.Nomad;
        var variable = await nomad.FindVariableAsync(Path, cancellation);
        if (variable?.Items.GetValueOrDefault(secret.Name) is not { } old)
        {
            throw SecretRefused.NotMade(secret);
        }

        DeploymentSecrets.Register(variable, _context.Secrets);
        var kept = new DeploymentSecrets(_context);
        var items = new Dictionary<string, string>(variable.Items)
        {
            [secret.Name] = NewValue(kept, secret.Name, old),
            [VariablePaths.Rotated(secret.Name)] = Rotations.At(_context.World.Time.GetUtcNow()),
        };
        if (secret.Name == VariablePaths.RootPassword)
        {
            items[VariablePaths.RootPasswordBefore] = string.Join('\n', Before(variable, old));
        }

        variable = await nomad.PutVariableAsync(Path, items, variable.ModifyIndex, cancellation);
        await kept.FollowAsync(
            await nomad.FindVariableAsync(VariablePaths.Database(_context.Answers.Nomad.Job), cancellation),
            variable,
            cancellation
        );
    }

    private string NewValue(DeploymentSecrets kept, string name, string old)
    {
        var value = kept.NewPassword(name);
        return value != old ? value : throw SecretRefused.Same(name, $"{_context.Answers.Site.AdminPassword}");
    }

    // There may be several rotations before the database accepts one. Until then it may have any of the earlier values.
    private static IEnumerable<string> Before(NomadVariable variable, string old) =>
        variable
            .Items.GetValueOrDefault(VariablePaths.RootPasswordBefore, "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Prepend(old)
            .Distinct()
            .Take(Rotations.IsWaiting(variable, VariablePaths.RootPassword) ? int.MaxValue : MostBefore);

    private string HowElse(SecretKnown secret) =>
        (secret.Name, _context.Answers.Certificate.Mode) switch
        {
            (SecretList.CertificateKey, CertificateMode.Provided) =>
                "It comes with its certificate: put the new files where certificate.certificate and certificate.key "
                    + "point, then: erp-installer install",
            (SecretList.CertificateKey, _) =>
                "It comes with its certificate. Remove the key, and the next install makes both again: "
                    + $"rm {ShellWord.Of(CertificateFiles.KeyPath(_context.Directory))}; erp-installer install",
            (VariablePaths.RedisPassword, _) =>
                "Redis, sites and containers would have to change it at the same moment: it cannot be rotated",
            _ => $"Change it where it is: {secret.Place}",
        };
}
