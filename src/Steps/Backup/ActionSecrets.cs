using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>
/// The Nomad Variable with the secrets that only some actions of the backup job need. A job can read its own Variables
/// only, so passwords of the init job are copied.
/// </summary>
internal sealed class ActionSecrets(StepContext context)
{
    /// <summary>Item: what a request must have to pass nginx while the site is closed.</summary>
    public const string Pass = "maintenance_pass";

    private const int PassLength = 40;

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _path = PathOf(context.Answers.Nomad.Job);

    /// <summary>Where it is: below the backup job, for its one group.</summary>
    public static string PathOf(string job) => $"{VariablePaths.Backup(job)}/{BackupJob.Group}";

    /// <summary>The pass; null: none was made yet.</summary>
    public async Task<string?> FindPassAsync(CancellationToken cancellation) =>
        (await FindAsync(_path, cancellation))?.Items.GetValueOrDefault(Pass) is { } pass
            ? context.Secrets.Register(pass)
            : null;

    /// <summary>Writes what an action needs.</summary>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task WriteAsync(BackupAction action, CancellationToken cancellation)
    {
        if (action.GroupSecrets.Count == 0)
        {
            return;
        }

        var found = await FindAsync(_path, cancellation);
        var init = await FindAsync(VariablePaths.Init(context.Answers.Nomad.Job), cancellation);
        var items = new Dictionary<string, string>(found?.Items ?? []);
        foreach (var item in action.GroupSecrets)
        {
            items[item] =
                item == Pass
                    ? items.GetValueOrDefault(Pass) ?? context.Secrets.Generate(PassLength)
                    : init?.Items.GetValueOrDefault(item)
                        ?? throw DeploymentErrors.NotInstalled(context.Answers.Nomad.Job);
        }

        if (items.Except(found?.Items ?? []).Any())
        {
            await _nomad.PutVariableAsync(_path, items, found?.ModifyIndex ?? 0, cancellation);
        }
    }

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
