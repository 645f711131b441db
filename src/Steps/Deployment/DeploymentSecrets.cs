using ErpInstaller.Certificates;
using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>
/// The Nomad Variables: passwords are made once and kept for ever, because the database's volume keeps the one it was made
/// with; the certificate is replaced when it changed.
/// </summary>
internal sealed class DeploymentSecrets(StepContext context)
{
    private const int PasswordLength = 32;
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _job = context.Answers.Nomad.Job;

    /// <summary>What <see cref="WriteAsync"/> would do.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync(CancellationToken cancellation)
    {
        var changes = new List<PlannedChange>();
        foreach (var path in new[] { VariablePaths.Database(_job), VariablePaths.Init(_job) })
        {
            if (await _nomad.FindVariableAsync(path, cancellation) is null)
            {
                changes.Add(new PlannedChange(ChangeKind.Create, $"variable {path}", ""));
            }
        }

        foreach (var (path, items) in CertificateVariables())
        {
            var found = await _nomad.FindVariableAsync(path, cancellation);
            if (found is null || !Same(found.Items, items))
            {
                changes.Add(new PlannedChange(found is null ? ChangeKind.Create : ChangeKind.Update, $"variable {path}", "certificate"));
            }
        }

        return changes;
    }

    /// <summary>Writes what is missing, and the certificate where it is another.</summary>
    /// <exception cref="NomadConflict">Somebody else wrote a variable meanwhile.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var root = await EnsureAsync(
            VariablePaths.Database(_job), () => new() { [VariablePaths.RootPassword] = context.Secrets.Generate(PasswordLength) }, cancellation);
        await EnsureAsync(
            VariablePaths.Init(_job),
            () => new()
            {
                [VariablePaths.RootPassword] = root[VariablePaths.RootPassword],
                [VariablePaths.AdminPassword] = AdminPassword(),
            },
            cancellation);
        foreach (var (path, items) in CertificateVariables())
        {
            var found = await _nomad.FindVariableAsync(path, cancellation);
            if (found is null || !Same(found.Items, items))
            {
                // What else is in it stays.
                var all = new Dictionary<string, string>(found?.Items ?? []);
                items.ToList().ForEach(i => all[i.Key] = i.Value);
                await _nomad.PutVariableAsync(path, all, found?.ModifyIndex ?? 0, cancellation);
            }
        }
    }

    private async Task<Dictionary<string, string>> EnsureAsync(string path, Func<Dictionary<string, string>> create, CancellationToken cancellation)
    {
        var found = await _nomad.FindVariableAsync(path, cancellation);
        var items = (found ?? await _nomad.PutVariableAsync(path, create(), seenIndex: 0, cancellation)).Items;
        foreach (var value in items.Values)
        {
            context.Secrets.Register(value);
        }

        return items;
    }

    private string AdminPassword() => context.Answers.Site.AdminPassword is { } source
        ? context.Secrets.Resolve(source, "site.admin_password")
        : context.Secrets.Generate(PasswordLength);

    // The chain alone for who must trust it; with the key for who serves it.
    private Dictionary<string, Dictionary<string, string>> CertificateVariables()
    {
        if (context.Earlier<CertificateOutputs>() is not { ChainPath: { } chainPath, KeyPath: { } keyPath } || !File.Exists(chainPath))
        {
            return [];
        }

        var chain = File.ReadAllText(chainPath);
        return new()
        {
            [VariablePaths.Application(_job)] = new() { [VariablePaths.Certificate] = chain },
            [VariablePaths.Frontend(_job)] = new()
            {
                [VariablePaths.Certificate] = chain,
                [VariablePaths.Key] = context.Secrets.Register(File.ReadAllText(keyPath)),
            },
        };
    }

    private static bool Same(Dictionary<string, string> found, Dictionary<string, string> wanted) =>
        wanted.All(w => found.GetValueOrDefault(w.Key) == w.Value);
}
