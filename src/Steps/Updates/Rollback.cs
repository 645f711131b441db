using System.Globalization;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
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

/// <summary>Finds out what a rollback would bring back and what it would lose.</summary>
internal sealed class RollbackSource(StepContext context)
{
    /// <summary>Looks, without changing anything.</summary>
    /// <exception cref="InstallerException">There is no update to go back from, or its backup is gone.</exception>
    public async Task<RollbackOutputs> FindAsync(CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.RolledBack == context.Run)
        {
            return new RollbackOutputs(new PreviousSite(), Found: null) { IsDone = true };
        }

        if (record is { CanGoBack: true, Safeguard: not null, Previous: not null })
        {
            return new RollbackOutputs(record.Previous, Found: null) { Safeguard = record.Safeguard };
        }

        if (record.CanGoBack)
        {
            var unfinished = new PreviousSite
            {
                Image = record.Image,
                Apps = record.Apps,
                Snapshot = record.Snapshot!,
                Secured = record.Began,
            };
            return new RollbackOutputs(unfinished, Found: null);
        }

        if (record is { IsOpen: true, IsAskedFor: false } || record.Previous is not { } previous)
        {
            throw UpdateErrors.NothingToGoBackFrom(record, context);
        }

        // In the image of before: if that is gone, this says so while the site still serves.
        var run = new BackupRun(context) { Serving = (previous.Image, previous.Apps) };
        var found = await run.RunAsync(
            new BackupAction.Lost(context.Run, previous.Snapshot, previous.Opened),
            cancellation
        );
        return new RollbackOutputs(previous, found[^1]);
    }
}

/// <summary>Reads what a rollback would lose, before the operator confirms it.</summary>
public sealed class RollbackLook(Installation installation)
{
    /// <summary>Whether the state directory knows an update that can be rolled back.</summary>
    public static bool CanGoBack(StateDirectory directory) => UpdateRecord.Read(directory).Previous is not null;

    /// <summary>Counts. Changes nothing.</summary>
    /// <returns>Names and values for the operator.</returns>
    /// <exception cref="InstallerException">There is nothing to go back to, or another run is active.</exception>
    public async Task<IReadOnlyList<(string Name, string Value)>> ReadAsync(CancellationToken cancellation)
    {
        installation.Directory.Prepare();
        var time = installation.World.Time;
        using var held = RunLock.Take(installation.Directory, time);
        installation.Run = FormattableString.Invariant($"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-look");
        var context = installation.ContextOf(StepId.RollbackSource);
        return (await new RollbackSource(context).FindAsync(cancellation)).Rows;
    }
}

/// <summary>What a rollback brings back, and what it loses.</summary>
/// <param name="Previous">The site of before.</param>
/// <param name="Found">The script's line; null: nothing was counted, because the site is closed.</param>
internal sealed record RollbackOutputs(PreviousSite Previous, BackupLine? Found) : StepOutputs
{
    private const int Longest = 20;

    /// <summary>This run rolled back before it was interrupted.</summary>
    public bool IsDone { get; init; }

    /// <summary>
    /// The backup of what is lost, which a rollback made before it was interrupted; null: none was made yet.
    /// </summary>
    public string? Safeguard { get; init; }

    /// <summary>The DocTypes with documents that would be lost, the most first.</summary>
    public IReadOnlyList<LostDocuments> Documents => Found?.Lost() ?? [];

    /// <summary>What comes back, in a line.</summary>
    public string Before =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"image {Previous.Image} with {string.Join(", ", Previous.Apps)}; the data of "
                + $"{Previous.Secured.UtcDateTime:yyyy-MM-dd HH:mm 'UTC'} (backup {Previous.Snapshot})"
        );

    /// <summary>What is lost, in a line.</summary>
    public string Lost =>
        IsDone ? "went back already"
        : Safeguard is not null ? $"what was written since; this rollback has put it into backup {Safeguard}"
        : Found is null ? "nothing: the site is closed since its backup"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Documents.Sum(d => d.Created)} documents created, {Documents.Sum(d => d.Changed)} changed and "
                + $"{Found.Number("deleted")} deleted since {Previous.Opened.UtcDateTime:yyyy-MM-dd HH:mm 'UTC'}; "
                + $"{Found.Number("logs")} entries of logs"
        );

    /// <summary>Both for the operator, each line with its name.</summary>
    public IReadOnlyList<(string Name, string Value)> Rows =>
        [
            ("back to", Before),
            ("lost", Lost),
            .. Documents.Take(Longest).Select(d => ("lost", $"{d.Name}: {d.Created} created, {d.Changed} changed")),
            .. Documents.Count > Longest
                ? [("lost", $"documents of {Documents.Count - Longest} more DocTypes")]
                : Array.Empty<(string, string)>(),
        ];

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            ["backup"] = Previous.Snapshot,
            ["image"] = Previous.Image,
            ["created"] = FormattableString.Invariant($"{Documents.Sum(d => d.Created)}"),
            ["changed"] = FormattableString.Invariant($"{Documents.Sum(d => d.Changed)}"),
            ["deleted"] = FormattableString.Invariant($"{Found?.Number("deleted") ?? 0}"),
        };
}

/// <summary>The backup of what the rollback takes away.</summary>
/// <param name="Snapshot">Its id; null: none was needed.</param>
internal sealed record RollbackSafeguardOutputs(string? Snapshot) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        Snapshot is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["safeguard"] = Snapshot };
}
