using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>
/// Lists where each secret of an installation is kept. The value of a secret is shown only to an operator who asks for
/// it by its name.
/// </summary>
public sealed class SecretList(StepContext context)
{
    /// <summary>Name of the key of the site's certificate.</summary>
    public const string CertificateKey = "certificate_key";

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _job = context.Answers.Nomad.Job;

    /// <summary>All secrets, without their values.</summary>
    /// <exception cref="InstallerException">Nomad does not answer, or the token may not read variables.</exception>
    public async Task<IReadOnlyList<SecretKnown>> LookAsync(CancellationToken cancellation)
    {
        var init = await FindAsync(VariablePaths.Init(_job), cancellation);
        var answers = context.Answers;
        List<SecretKnown> known =
        [
            Password(VariablePaths.AdminPassword, init),
            Password(VariablePaths.RootPassword, init),
        ];
        if (answers.Mail.Password is not null)
        {
            known.Add(AtNomad(VariablePaths.MailPassword, VariablePaths.Init(_job), VariablePaths.MailPassword, init));
        }

        if (CertificateVolume.IsWanted(answers))
        {
            known.Add(
                Elsewhere(CertificateKey, $"host volume {CertificateVolume.NameOf(_job)}, {CertificateVolume.FileName}")
            );
        }
        else if (answers.Certificate.Mode.ServesTls())
        {
            var frontend = await FindAsync(VariablePaths.Frontend(_job), cancellation);
            known.Add(AtNomad(CertificateKey, VariablePaths.Frontend(_job), VariablePaths.Key, frontend));
        }

        if (answers.Nomad.Topology == NomadTopology.Cluster)
        {
            var data = await FindAsync(VariablePaths.Data(_job), cancellation);
            known.Add(
                AtNomad(VariablePaths.RedisPassword, VariablePaths.Data(_job), VariablePaths.RedisPassword, data)
            );
        }

        var backup = await FindAsync(VariablePaths.Backup(_job), cancellation);
        if (backup is not null || answers.Backup.Password is not null)
        {
            var item = VariablePaths.RepositoryPassword;
            known.Add(AtNomad(item, VariablePaths.Backup(_job), item, backup));
        }

        // Frappe makes these and keeps them in the site: the password of the site's own database user, and the key that
        // encrypts the site's stored passwords.
        known.Add(
            Elsewhere(
                "site_config.json",
                $"volume of the sites{(answers.Nomad.Topology == NomadTopology.Single ? $" {_job}-sites" : "")}, "
                    + $"{answers.Site.Name}/site_config.json"
            )
        );
        foreach (var (app, change) in answers.Apps.Tables())
        {
            AddAnswer(known, AppLogins.Key(app, answers.Apps), change.Token);
        }

        AddAnswer(known, "mail.password", answers.Mail.Password);
        AddAnswer(known, "image.password", answers.Image.Password);
        AddAnswer(known, "backup.secret", answers.Backup.Secret);
        AddAnswer(known, "backup.password", answers.Backup.Password);
        AddAnswer(known, "nomad.token", answers.Nomad.Token);
        return known;
    }

    /// <summary>The secret of a name.</summary>
    /// <exception cref="InstallerException">There is none.</exception>
    public static SecretKnown Named(string name, IReadOnlyList<SecretKnown> secrets) =>
        secrets.FirstOrDefault(s => s.Name == name)
        ?? throw SecretRefused.Unknown(name, [.. secrets.Select(s => s.Name)]);

    /// <summary>The value of a secret.</summary>
    /// <exception cref="InstallerException">It is kept elsewhere, or it was not made yet.</exception>
    public async Task<string> ReadAsync(SecretKnown secret, CancellationToken cancellation) =>
        secret switch
        {
            { State: SecretState.Elsewhere } => throw SecretRefused.Elsewhere(secret),
            { Variable: { } path, Item: { } item }
                when await FindAsync(path, cancellation) is { } found && found.Items.TryGetValue(item, out var value) =>
                value,
            _ => throw SecretRefused.NotMade(secret),
        };

    /// <summary>Writes a secret into a new file that only this user can read.</summary>
    /// <exception cref="InstallerException">It exists, or it cannot be written.</exception>
    public static void WriteNew(string file, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Path.Exists(file))
        {
            throw SecretRefused.FileExists(file);
        }

        try
        {
            AtomicFile.Write(file, value.TrimEnd('\n') + "\n");
        }
        catch (StateDirectoryUnusable e)
        {
            throw SecretRefused.NotWritten(e);
        }
    }

    private static void AddAnswer(List<SecretKnown> known, string key, SecretSource? source)
    {
        if (source is not null)
        {
            known.Add(Elsewhere(key, $"{source}"));
        }
    }

    private static SecretKnown Elsewhere(string name, string place) => new(name, SecretState.Elsewhere, place);

    private SecretKnown Password(string item, NomadVariable? init)
    {
        var known = AtNomad(item, VariablePaths.Init(_job), item, init);
        var rotated = Rotations.TimeOf(Rotations.Of(init).ByItem.GetValueOrDefault(item));
        return known with
        {
            Rotated = rotated,
            State = Rotations.IsWaiting(init, item) ? SecretState.Waiting : known.State,
        };
    }

    private static SecretKnown AtNomad(string name, string path, string item, NomadVariable? found) =>
        new(
            name,
            found?.Items.ContainsKey(item) == true ? SecretState.Kept : SecretState.Missing,
            $"variable {path}, item {item}"
        )
        {
            Variable = path,
            Item = item,
            Version = found?.ModifyIndex,
        };

    private async Task<NomadVariable?> FindAsync(string path, CancellationToken cancellation)
    {
        var found = await _nomad.FindVariableAsync(path, cancellation);
        if (found is not null)
        {
            DeploymentSecrets.Register(found, context.Secrets);
        }

        return found;
    }
}
