using ErpInstaller.Answers;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>
/// The Nomad Variables of the backup jobs. The repository's password is made once and kept: without it, no backup can
/// be read. The job of the scheduled backups has a copy, because a job reads only what is below its own path.
/// </summary>
internal sealed class BackupSecrets(StepContext context)
{
    private const int PasswordLength = 32;

    private readonly string _path = VariablePaths.Backup(context.Answers.Nomad.Job);
    private readonly string _copy = VariablePaths.Schedule(context.Answers.Nomad.Job);

    /// <summary>Whether the password is at Nomad already.</summary>
    public async Task<bool> HasPasswordAsync(CancellationToken cancellation) =>
        (await FindAsync(_path, cancellation))?.Items.ContainsKey(VariablePaths.RepositoryPassword) == true;

    /// <summary>Whether the copy for the scheduled backups is what the answers and the original say.</summary>
    public async Task<bool> IsCopiedAsync(CancellationToken cancellation) =>
        (await FindAsync(_path, cancellation))?.Items is { } items
        && items.ContainsKey(VariablePaths.RepositoryPassword)
        && !Given().Except(items).Any()
        && (await FindAsync(_copy, cancellation))?.Items is { } copy
        && !items.Except(copy).Any();

    /// <summary>Writes what is missing, and what the answers give and the Variable does not have.</summary>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await WriteOriginalAsync(cancellation);
        if (context.Answers.Backup.Schedule is not null)
        {
            await CopyAsync(cancellation);
        }
    }

    // Secrets in the answers replace those at Nomad.
    private Dictionary<string, string> Given()
    {
        var given = new Dictionary<string, string>();
        if (AnswerSecrets.BackupPassword(context.Answers, context.Secrets) is { } password)
        {
            given[VariablePaths.RepositoryPassword] = password;
        }

        if (AnswerSecrets.BackupSecret(context.Answers, context.Secrets) is { } secret)
        {
            given[VariablePaths.RepositorySecret] = secret;
        }

        return given;
    }

    private async Task CopyAsync(CancellationToken cancellation)
    {
        var items = (await FindAsync(_path, cancellation))!.Items;
        var copy = await FindAsync(_copy, cancellation);
        if (copy is null || items.Except(copy.Items).Any())
        {
            await context.World.Nomad.PutVariableAsync(_copy, items, copy?.ModifyIndex ?? 0, cancellation);
        }
    }

    private async Task WriteOriginalAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(_path, cancellation);
        var items = new Dictionary<string, string>(found?.Items ?? []);
        var before = items.ToDictionary();
        foreach (var (item, value) in Given())
        {
            items[item] = value;
        }

        items.TryAdd(VariablePaths.RepositoryPassword, context.Secrets.Generate(PasswordLength));

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

    private async Task<NomadVariable?> FindAsync(string path, CancellationToken cancellation)
    {
        var found = await context.World.Nomad.FindVariableAsync(path, cancellation);
        if (found is not null)
        {
            DeploymentSecrets.Register(found, context.Secrets);
        }

        return found;
    }
}
