using ErpInstaller.Answers;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>
/// The Nomad Variable of the backup job. The repository's password is made once and kept: without it, no backup can be
/// read.
/// </summary>
internal sealed class BackupSecrets(StepContext context)
{
    private const int PasswordLength = 32;

    private readonly string _path = VariablePaths.Backup(context.Answers.Nomad.Job);

    /// <summary>Whether the password is at Nomad already.</summary>
    public async Task<bool> HasPasswordAsync(CancellationToken cancellation) =>
        (await FindAsync(cancellation))?.Items.ContainsKey(VariablePaths.RepositoryPassword) == true;

    /// <summary>Writes what is missing, and what the answers give and the variable does not have.</summary>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        var items = new Dictionary<string, string>(found?.Items ?? []);
        var before = items.ToDictionary();
        items[VariablePaths.RepositoryPassword] = AnswerSecrets.BackupPassword(context.Answers, context.Secrets)
            ?? items.GetValueOrDefault(VariablePaths.RepositoryPassword)
            ?? context.Secrets.Generate(PasswordLength);
        if (AnswerSecrets.BackupSecret(context.Answers, context.Secrets) is { } secret)
        {
            items[VariablePaths.RepositorySecret] = secret;
        }

        if (await FindRedisPasswordAsync(cancellation) is { } redis)
        {
            items[VariablePaths.RedisPassword] = redis;
        }

        if (items.Except(before).Any())
        {
            await context.World.Nomad.PutVariableAsync(_path, items, found?.ModifyIndex ?? 0, cancellation);
        }
    }

    // In a cluster every container of the image signs in at Redis, and reads the password below its own job's path.
    private async Task<string?> FindRedisPasswordAsync(CancellationToken cancellation) =>
        context.Answers.Nomad.Topology == NomadTopology.Cluster
            ? (
                await context.World.Nomad.FindVariableAsync(VariablePaths.Data(context.Answers.Nomad.Job), cancellation)
            )?.Items.GetValueOrDefault(VariablePaths.RedisPassword)
            : null;

    private async Task<NomadVariable?> FindAsync(CancellationToken cancellation)
    {
        var found = await context.World.Nomad.FindVariableAsync(_path, cancellation);
        if (found is not null)
        {
            DeploymentSecrets.Register(found, context.Secrets);
        }

        return found;
    }
}
