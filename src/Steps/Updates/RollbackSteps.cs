using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>
/// The steps of a rollback: they bring back the image and the data of before the last update that changed the database.
/// The way back is that of a failed update.
/// </summary>
internal static class RollbackSteps
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<IStep> InOrder() =>
        [new RollbackSourceStep(), new RollbackSafeguardStep(), new RollbackStep()];

    /// <summary>The answers that all of them depend on.</summary>
    public static StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(settings.Answers, "site.name", "nomad.job", "backup");
}

/// <summary>A plan of a step of a rollback.</summary>
internal sealed record RollbackPlan : StepPlan;

/// <summary>Looks for the backup of before the update, and counts what was written since. Changes nothing.</summary>
internal sealed class RollbackSourceStep : Step<RollbackPlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.RollbackSource;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RollbackSteps.Inputs(settings);

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            context.FindEarlier<RollbackOutputs>() is { } outputs
                ? new ProbeResult.InPlace(outputs, outputs.Lost)
                : new ProbeResult.Missing("what would be lost was not counted yet")
        );

    /// <inheritdoc/>
    public override Task<RollbackPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new RollbackPlan { Changes = [new PlannedChange(ChangeKind.Look, "what would be lost", "counted")] }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">There is no update to go back from, or its backup is gone.</exception>
    public override async Task RunAsync(RollbackPlan plan, StepContext context, CancellationToken cancellation)
    {
        var found = await new RollbackSource(context).FindAsync(cancellation);
        foreach (var (name, value) in found.Rows)
        {
            context.Report.Log($"{name}: {value}");
        }

        context.Keep(found);
    }
}

/// <summary>
/// Closes the site, stops the application, then backs up the site: what the rollback takes away can be restored.
/// </summary>
internal sealed class RollbackSafeguardStep : Step<RollbackPlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.RollbackSafeguard;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RollbackSteps.Inputs(settings);

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        return Task.FromResult<ProbeResult>(
            record.CanGoBack || context.Earlier<RollbackOutputs>().IsDone
                ? new ProbeResult.InPlace(
                    new RollbackSafeguardOutputs(record.Safeguard),
                    record.Safeguard is { } id ? $"backup {id}" : "not needed: the site is closed since its backup"
                )
                : new ProbeResult.Missing($"backup of {context.Answers.Site.Name} as it is")
        );
    }

    /// <inheritdoc/>
    public override Task<RollbackPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new RollbackPlan
            {
                Changes = [new PlannedChange(ChangeKind.Create, "backup", $"of {context.Answers.Site.Name} as it is")],
            }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The site could not be closed or backed up. It serves as before.</exception>
    public override async Task RunAsync(RollbackPlan plan, StepContext context, CancellationToken cancellation)
    {
        var update = new Update(context, UpdateWords.Rollback);
        var record = await update.CloseAsync(
            UpdateRecord.Read(context.Directory) with
            {
                IsAskedFor = true,
            },
            isServed: !await new ExistingJobs(context).HasStoppedApplicationAsync(cancellation),
            cancellation
        );
        var planning = new JobPlanning(context);
        var stop = new ApplicationStop(context, planning.Build(await planning.ServingAsync(cancellation)).Application);
        try
        {
            if (!await new ExistingJobs(context).HasStoppedApplicationAsync(cancellation))
            {
                await stop.StopAsync(cancellation);
            }

            GoBack(await update.SecureAsync(record, cancellation), record, context);
        }
        catch (InstallerException e) when (e is not (NomadUnreachable or NomadDenied) && stop.HasKept)
        {
            await stop.StartAgainAsync(cancellation);
            await update.OpenAsync(record, cancellation);
            update.End(record, e.Message);
            throw;
        }
    }

    // From here on, the next rollback or install finishes the way back.
    private static void GoBack(string safeguard, UpdateRecord record, StepContext context)
    {
        var previous = record.Previous!;
        (
            record with
            {
                Phase = UpdatePhase.GoingBack,
                Image = previous.Image,
                Apps = previous.Apps,
                Snapshot = previous.Snapshot,
                Safeguard = safeguard,
                Specification = ApplicationStop.PreviousFileName,
            }
        ).Write(context.Directory);
    }
}

/// <summary>Brings back the application and the data of before the update.</summary>
internal sealed class RollbackStep : Step<RollbackPlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.Rollback;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RollbackSteps.Inputs(settings);

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        var found = context.Earlier<RollbackOutputs>();
        return Task.FromResult<ProbeResult>(
            record.RolledBack == context.Run
                ? new ProbeResult.InPlace(found, record.Last!)
                : new ProbeResult.Missing($"{context.Answers.Site.Name} is still as the update made it")
        );
    }

    /// <inheritdoc/>
    public override Task<RollbackPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new RollbackPlan
            {
                Changes =
                [
                    new PlannedChange(
                        ChangeKind.Replace,
                        context.Answers.Site.Name,
                        $"by {context.Earlier<RollbackOutputs>().Before}"
                    ),
                ],
            }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The site stays closed; the next rollback or install goes on.</exception>
    public override async Task RunAsync(RollbackPlan plan, StepContext context, CancellationToken cancellation)
    {
        var update = new Update(context, UpdateWords.Rollback);
        var record = UpdateRecord.Read(context.Directory);
        record = (
            record with
            {
                // An update that did not end, when the operator does not want to go on with it.
                Phase = record.Phase == UpdatePhase.Secured ? UpdatePhase.GoingBack : record.Phase,
                IsAskedFor = true,
            }
        ).Write(context.Directory);

        try
        {
            var closed = await update.GoBackAsync(record, cancellation);
            update.EndBack(record, UpdateErrors.RolledBack(record, closed, context), context.Run);
        }
        catch (InstallerException e)
        {
            throw UpdateErrors.Stuck(UpdateRecord.Read(context.Directory), e, context);
        }
    }
}
