using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The password of the three Redis in a cluster, where their ports are open to the network. It is made once. The data
/// job's Variable has it, and the other jobs read copies in their own Variables.
/// </summary>
internal sealed class RedisSecret(StepContext context)
{
    private const int Length = 32;
    private const string Item = VariablePaths.RedisPassword;
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _job = context.Answers.Nomad.Job;

    private string[] Paths =>
        [
            VariablePaths.Data(_job),
            VariablePaths.Init(_job),
            VariablePaths.Application(_job),
            VariablePaths.Verify(_job),
        ];

    /// <summary>What <see cref="WriteAsync"/> would do.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        var password = found.Select(Password).OfType<string>().FirstOrDefault();
        return
        [
            .. Paths
                .Zip(found)
                .Where(v => password is null || Password(v.Second) != password)
                .Select(v => new PlannedChange(
                    v.Second is null ? ChangeKind.Create : ChangeKind.Update,
                    $"variable {v.First}",
                    Item
                )),
        ];
    }

    /// <summary>Makes it if there is none, and copies it into each Variable that lacks it or has another one.</summary>
    /// <exception cref="NomadConflict">A Variable changed in the meantime.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var found = await FindAsync(cancellation);
        var password = context.Secrets.Register(
            found.Select(Password).OfType<string>().FirstOrDefault() ?? context.Secrets.Generate(Length)
        );
        foreach (var (path, variable) in Paths.Zip(found).Where(v => Password(v.Second) != password))
        {
            var items = new Dictionary<string, string>(variable?.Items ?? []) { [Item] = password };
            await _nomad.PutVariableAsync(path, items, variable?.ModifyIndex ?? 0, cancellation);
        }
    }

    private Task<NomadVariable?[]> FindAsync(CancellationToken cancellation) =>
        Task.WhenAll(Paths.Select(p => _nomad.FindVariableAsync(p, cancellation)));

    private static string? Password(NomadVariable? variable) => variable?.Items.GetValueOrDefault(Item);
}
