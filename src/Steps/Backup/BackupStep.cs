using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>Writes one backup of the site into the repository. Each run of the operation makes a new one.</summary>
internal sealed class BackupStep : Step<BackupPlan>
{
    private const string ByHand = "hand";

    /// <inheritdoc/>
    public override string Id => StepId.Backup;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(settings.Answers, "site.name", "nomad.job", "backup");

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        (context.FindEarlier<BackupOutputs>() ?? await new BackupRun(context).FindWrittenAsync(cancellation))
            is { } written
            ? new ProbeResult.InPlace(written, written.Summary)
            : new ProbeResult.Missing($"backup of {context.Answers.Site.Name}");

    /// <inheritdoc/>
    public override Task<BackupPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new BackupPlan
            {
                Changes = [new PlannedChange(ChangeKind.Create, "backup", $"of {context.Answers.Site.Name}")],
            }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The backup was not written. The site is as it was.</exception>
    public override async Task RunAsync(BackupPlan plan, StepContext context, CancellationToken cancellation)
    {
        var said = await new BackupRun(context).RunAsync(new BackupAction.Write(context.Run, ByHand), cancellation);
        context.Keep(said[^1].ToOutputs());
    }
}

/// <summary>The plan of a backup.</summary>
internal sealed record BackupPlan : StepPlan;

/// <summary>Reads the backup back from the repository and compares it with what was written.</summary>
internal sealed class BackupCheckStep : Step<BackupCheckPlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.BackupCheck;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(settings.Answers, "site.name", "nomad.job", "backup");

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            context.FindEarlier<BackupCheckOutputs>() is { Written: var written } outputs
                ? new ProbeResult.InPlace(
                    outputs,
                    FormattableString.Invariant($"backup {written.Snapshot} was read back: {written.Tables} tables")
                )
                : new ProbeResult.Missing($"backup {context.Earlier<BackupOutputs>().Snapshot} was not read back yet")
        );

    /// <inheritdoc/>
    public override Task<BackupCheckPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new BackupCheckPlan
            {
                Changes = [new PlannedChange(ChangeKind.Look, "backup", "read back from the repository")],
            }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The backup cannot be read, or is not what was written.</exception>
    public override async Task RunAsync(BackupCheckPlan plan, StepContext context, CancellationToken cancellation)
    {
        var written = context.Earlier<BackupOutputs>();
        await new BackupRun(context).RunAsync(new BackupAction.Check(context.Run, written), cancellation);
        context.Keep(new BackupCheckOutputs(written));
    }
}

/// <summary>The plan of a check.</summary>
internal sealed record BackupCheckPlan : StepPlan;
