using System.Globalization;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Secrets;

/// <summary>
/// The password at the mail server. It comes from the answers and is written into the init job's Variable. Nomad does
/// not run a batch job again when a Variable changes, so the job's specification has a number that rises with each new
/// password.
/// </summary>
internal sealed class MailSecret(StepContext context)
{
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _path = VariablePaths.Init(context.Answers.Nomad.Job);

    /// <summary>What <see cref="WriteAsync"/> would do.</summary>
    public async Task<IReadOnlyList<PlannedChange>> PlanAsync(CancellationToken cancellation)
    {
        var found = await _nomad.FindVariableAsync(_path, cancellation);
        return !IsBehind(found)
            ? []
            :
            [
                new PlannedChange(
                    found is null ? ChangeKind.Create : ChangeKind.Update,
                    $"variable {_path}",
                    VariablePaths.MailPassword
                ),
            ];
    }

    /// <summary>The number for the init job's specification; 0: there is no password.</summary>
    public async Task<int> VersionAsync(CancellationToken cancellation)
    {
        var found = await _nomad.FindVariableAsync(_path, cancellation);
        return context.Answers.Mail.Password is null ? 0 : Known(found) + (IsBehind(found) ? 1 : 0);
    }

    /// <summary>Writes the password of the answers if the Variable has another one or none.</summary>
    /// <exception cref="NomadConflict">The Variable changed in the meantime.</exception>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var found = await _nomad.FindVariableAsync(_path, cancellation);
        if (IsBehind(found))
        {
            var items = new Dictionary<string, string>(found?.Items ?? [])
            {
                [VariablePaths.MailPassword] = Wanted!,
                [VariablePaths.MailPasswordVersion] = (Known(found) + 1).ToString(CultureInfo.InvariantCulture),
            };
            await _nomad.PutVariableAsync(_path, items, found?.ModifyIndex ?? 0, cancellation);
        }
    }

    private string? Wanted => AnswerSecrets.MailPassword(context.Answers, context.Secrets);

    private bool IsBehind(NomadVariable? found) =>
        Wanted is { } wanted && found?.Items.GetValueOrDefault(VariablePaths.MailPassword) != wanted;

    private static int Known(NomadVariable? found) =>
        int.TryParse(
            found?.Items.GetValueOrDefault(VariablePaths.MailPasswordVersion),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;
}
