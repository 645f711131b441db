using ErpInstaller.Backup;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Run;

namespace ErpInstaller.Restore;

/// <summary>
/// The Nomad Variable of the restore job: copies of what the backup job and the init job have. A task reads only what
/// is below the path of its own job.
/// </summary>
internal sealed class RestoreSecrets(StepContext context)
{
    /// <summary>Writes it, if it is not as it must be.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await new BackupSecrets(context).WriteAsync(cancellation);
        var job = context.Answers.Nomad.Job;
        var path = VariablePaths.Of(new JobIds(job).Restore);
        var items = new Dictionary<string, string>(await ItemsAsync(VariablePaths.Backup(job), cancellation));
        foreach (var (item, value) in await ItemsAsync(VariablePaths.Init(job), cancellation))
        {
            if (item is VariablePaths.RootPassword or VariablePaths.AdminPassword)
            {
                items[item] = value;
            }
        }

        var found = await context.World.Nomad.FindVariableAsync(path, cancellation);
        if (found is null || items.Except(found.Items).Any())
        {
            await context.World.Nomad.PutVariableAsync(path, items, found?.ModifyIndex ?? 0, cancellation);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> ItemsAsync(string path, CancellationToken cancellation)
    {
        var found = await context.World.Nomad.FindVariableAsync(path, cancellation);
        if (found is null)
        {
            return new Dictionary<string, string>();
        }

        DeploymentSecrets.Register(found, context.Secrets);
        return found.Items;
    }
}
