using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>
/// The Nomad Variables with passwords. A password is made once and kept, because the database's volume keeps the one
/// that it was created with; an operator can rotate it by its name. The Variables of the certificate are
/// <see cref="CertificateVariables"/>.
/// </summary>
internal sealed class DeploymentSecrets(StepContext context)
{
    private const int PasswordLength = 32;
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _job = context.Answers.Nomad.Job;

    /// <summary>What <see cref="WriteAsync"/> and <see cref="TakenAsync"/> would do.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync(CancellationToken cancellation)
    {
        var database = await _nomad.FindVariableAsync(VariablePaths.Database(_job), cancellation);
        var init = await _nomad.FindVariableAsync(VariablePaths.Init(_job), cancellation);
        var changes = new List<PlannedChange>();
        changes.AddRange(Lacking(VariablePaths.Database(_job), database, VariablePaths.RootPassword));
        changes.AddRange(
            Lacking(VariablePaths.Init(_job), init, VariablePaths.RootPassword, VariablePaths.AdminPassword)
        );
        if (IsBehind(database, init))
        {
            changes.Add(
                new PlannedChange(
                    ChangeKind.Update,
                    $"variable {VariablePaths.Database(_job)}",
                    $"the {VariablePaths.RootPassword} that was rotated"
                )
            );
        }

        foreach (var (item, rotation) in Rotations.Of(init).ByItem.Where(r => Rotations.IsWaiting(init, r.Key)))
        {
            changes.Add(
                new PlannedChange(
                    ChangeKind.Update,
                    $"secret {item}",
                    FormattableString.Invariant(
                        $"rotated {Rotations.TimeOf(rotation):yyyy-MM-dd HH:mm} UTC, not applied yet"
                    )
                )
            );
        }

        changes.AddRange(await new CertificateVariables(context).PlanAsync(cancellation));
        return changes;
    }

    /// <summary>The rotations for the specifications of the jobs.</summary>
    public async Task<Rotations> RotationsAsync(CancellationToken cancellation) =>
        Rotations.Of(await _nomad.FindVariableAsync(VariablePaths.Init(_job), cancellation));

    /// <summary>Writes missing passwords, and the certificate if it is missing or different.</summary>
    /// <exception cref="NomadConflict">A Variable changed in the meantime.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        // If one of the two Variables is gone, the other one has the password that the database was created with.
        var known = (await _nomad.FindVariableAsync(VariablePaths.Init(_job), cancellation))?.Items.GetValueOrDefault(
            VariablePaths.RootPassword
        );
        var database = await EnsureAsync(
            VariablePaths.Database(_job),
            new() { [VariablePaths.RootPassword] = () => known ?? context.Secrets.Generate(PasswordLength) },
            cancellation
        );
        var init = await EnsureAsync(
            VariablePaths.Init(_job),
            new()
            {
                [VariablePaths.RootPassword] = () => database.Items[VariablePaths.RootPassword],
                [VariablePaths.AdminPassword] = () => NewPassword(VariablePaths.AdminPassword),
            },
            cancellation
        );
        await FollowAsync(database, init, cancellation);
        await new CertificateVariables(context).WriteAsync(cancellation);
    }

    /// <summary>Records that the init job succeeded with these rotations: site and database have them.</summary>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task TakenAsync(Rotations rotations, CancellationToken cancellation)
    {
        if (await _nomad.FindVariableAsync(VariablePaths.Init(_job), cancellation) is not { } init)
        {
            return;
        }

        var taken = rotations
            .ByItem.Where(r => init.Items.GetValueOrDefault(VariablePaths.Taken(r.Key)) != r.Value)
            .ToList();
        if (taken.Count > 0)
        {
            var items = new Dictionary<string, string>(init.Items);
            taken.ForEach(r => items[VariablePaths.Taken(r.Key)] = r.Value);
            await _nomad.PutVariableAsync(init.Path, items, init.ModifyIndex, cancellation);
        }
    }

    /// <summary>
    /// Copies a rotated password from the init job's Variable into the database's own, so that a new volume gets it.
    /// </summary>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task FollowAsync(NomadVariable? database, NomadVariable init, CancellationToken cancellation)
    {
        if (IsBehind(database, init))
        {
            var items = new Dictionary<string, string>(database!.Items)
            {
                [VariablePaths.RootPassword] = init.Items[VariablePaths.RootPassword],
            };
            await _nomad.PutVariableAsync(database.Path, items, database.ModifyIndex, cancellation);
        }
    }

    /// <summary>
    /// The value of a new or rotated password: from the answers if they give one, otherwise random.
    /// </summary>
    /// <exception cref="SecretUnavailable">The answers name one that is not available.</exception>
    public string NewPassword(string item) =>
        (item == VariablePaths.AdminPassword ? AnswerSecrets.AdminPassword(context.Answers, context.Secrets) : null)
        ?? context.Secrets.Generate(PasswordLength);

    /// <summary>Registers a Variable's secrets, so that no text shows them.</summary>
    public static void Register(NomadVariable variable, SecretStore secrets)
    {
        string[] items =
        [
            VariablePaths.RootPassword,
            VariablePaths.AdminPassword,
            VariablePaths.RootPasswordBefore,
            VariablePaths.RedisPassword,
            VariablePaths.Key,
            VariablePaths.MailPassword,
            VariablePaths.RepositoryPassword,
            VariablePaths.RepositorySecret,
        ];
        foreach (
            var line in items.SelectMany(i =>
                variable.Items.GetValueOrDefault(i, "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            )
        )
        {
            secrets.Register(line);
        }
    }

    private static IEnumerable<PlannedChange> Lacking(string path, NomadVariable? found, params string[] items)
    {
        var missing = items.Where(i => found?.Items.ContainsKey(i) != true).ToList();
        if (missing.Count > 0)
        {
            yield return new PlannedChange(
                found is null ? ChangeKind.Create : ChangeKind.Update,
                $"variable {path}",
                found is null ? "" : $"without {string.Join(", ", missing)}"
            );
        }
    }

    // A value that is neither of the two was set on purpose by an operator and stays.
    private static bool IsBehind(NomadVariable? database, NomadVariable? init) =>
        database?.Items.GetValueOrDefault(VariablePaths.RootPassword) is { } has
        && init?.Items.GetValueOrDefault(VariablePaths.RootPassword) is { } wanted
        && has != wanted
        && init.Items.GetValueOrDefault(VariablePaths.RootPasswordBefore, "").Split('\n').Contains(has);

    private async Task<NomadVariable> EnsureAsync(
        string path,
        Dictionary<string, Func<string>> make,
        CancellationToken cancellation
    )
    {
        var found = await _nomad.FindVariableAsync(path, cancellation);
        var missing = make.Where(m => found?.Items.ContainsKey(m.Key) != true).ToList();
        if (missing.Count > 0)
        {
            var items = new Dictionary<string, string>(found?.Items ?? []);
            missing.ForEach(m => items[m.Key] = m.Value());
            found = await _nomad.PutVariableAsync(path, items, found?.ModifyIndex ?? 0, cancellation);
        }

        Register(found!, context.Secrets);
        return found!;
    }
}
