using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Run;
using ErpInstaller.Verification;

namespace ErpInstaller.Restore;

/// <summary>The steps of a restore.</summary>
internal static class RestoreSteps
{
    /// <summary>In the order in which they run.</summary>
    public static IReadOnlyList<IStep> Of(RestoreRequest request) =>
        [
            new RestoreSourceStep(request),
            new RestoreSafeguardStep(request),
            new RestoreStep(request),
            new RestoreVerificationStep(request),
        ];

    /// <summary>The answers that all of them depend on.</summary>
    public static StepInputs Inputs(StepSettings settings) =>
        new StepInputs().Add(settings.Answers, "site.name", "nomad.job", "backup");
}

/// <summary>A plan of a step of a restore.</summary>
internal sealed record RestorePlan : StepPlan;

/// <summary>
/// Reads the source to its end, compares it with the image, and loads it beside the site. The site serves meanwhile.
/// </summary>
internal sealed class RestoreSourceStep(RestoreRequest request) : Step<RestorePlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.RestoreSource;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RestoreSteps.Inputs(settings);

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            context.FindEarlier<RestoreSourceOutputs>() is { } outputs
                ? new ProbeResult.InPlace(outputs, outputs.Restored)
                : new ProbeResult.Missing($"{request} was not read yet")
        );

    /// <inheritdoc/>
    public override Task<RestorePlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new RestorePlan { Changes = [new PlannedChange(ChangeKind.Look, request.ToString(), "read to its end")] }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The source cannot be restored here. Nothing was replaced.</exception>
    public override async Task RunAsync(RestorePlan plan, StepContext context, CancellationToken cancellation)
    {
        var run = new RestoreRun(context, request);
        await run.TakeInstalledAsync(cancellation);
        if (new RestoreRecord(context, request).HasBegun())
        {
            // The site may be the restored one already: it is not compared with the source again.
            context.Keep(new RestoreSourceOutputs(await run.RunAsync("look", cancellation)));
            return;
        }

        var found = new RestoreSourceOutputs(await run.RunAsync("look", cancellation));
        foreach (var (name, value) in found.Rows)
        {
            context.Report.Log($"{name}: {value}");
        }

        await run.RunAsync("prepare", cancellation);
        context.Keep(found);
    }
}

/// <summary>
/// Stops the application, then backs up the site that is replaced: no row is written after this backup.
/// </summary>
internal sealed class RestoreSafeguardStep(RestoreRequest request) : Step<RestorePlan>
{
    private const string By = "safeguard";

    /// <inheritdoc/>
    public override string Id => StepId.RestoreSafeguard;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RestoreSteps.Inputs(settings);

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        if (NoneNeeded(context) is { } reason)
        {
            return new ProbeResult.InPlace(new SafeguardOutputs(Written: null), reason);
        }

        // If the application was started since, users may have worked with the site: then it is backed up once more.
        var record = new RestoreRecord(context, request);
        var isStopped = await new ExistingJobs(context).HasStoppedApplicationAsync(cancellation);
        if (record.IsReplaced() || (record.HasBegun() && isStopped))
        {
            // An interrupted run may have had --no-safeguard.
            return new ProbeResult.InPlace(
                new SafeguardOutputs(Written: null),
                "not possible now: this restore began to replace the site before it was interrupted"
            );
        }

        return
            record.IsSecured()
            && isStopped
            && await new BackupRun(context).FindWrittenAsync(cancellation) is { } written
            ? new ProbeResult.InPlace(new SafeguardOutputs(written), written.Summary)
            : new ProbeResult.Missing($"backup of {context.Answers.Site.Name} as it is");
    }

    private string? NoneNeeded(StepContext context) =>
        context.Earlier<RestoreSourceOutputs>() switch
        {
            _ when !request.Safeguard => "left out by --no-safeguard",
            { IsSiteEmpty: true } => "not needed: nobody signed in to the site yet",
            { IsUnfinished: true } =>
                "not possible: an earlier restore did not finish, so there is no whole site to back up",
            _ => null,
        };

    /// <inheritdoc/>
    public override Task<RestorePlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult(
            new RestorePlan
            {
                Changes = [new PlannedChange(ChangeKind.Create, "backup", $"of {context.Answers.Site.Name} as it is")],
            }
        );

    /// <inheritdoc/>
    /// <exception cref="InstallerException">The backup was not written. The site serves as before.</exception>
    public override async Task RunAsync(RestorePlan plan, StepContext context, CancellationToken cancellation)
    {
        var record = new RestoreRecord(context, request);
        record.Forget();
        var isStopped = await new ExistingJobs(context).HasStoppedApplicationAsync(cancellation);
        try
        {
            await new RegisteredJobs(context).StopApplicationAsync(cancellation);
            var run = new BackupRun(context) { IsAnew = !isStopped };
            await run.RunAsync(new BackupAction.Write(context.Run, By), cancellation);
        }
        catch (InstallerException)
        {
            await new RestoreRun(context, request).StartAgainAsync(cancellation);
            throw;
        }

        record.Keep(RestoreRecord.Secured);
    }
}

/// <summary>Replaces the site while the application is stopped, migrates it, and starts the application.</summary>
internal sealed class RestoreStep(RestoreRequest request) : Step<RestorePlan>
{
    /// <inheritdoc/>
    public override string Id => StepId.Restore;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => RestoreSteps.Inputs(settings);

    /// <inheritdoc/>
    public override Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation) =>
        Task.FromResult<ProbeResult>(
            new RestoreRecord(context, request).IsDone()
                ? new ProbeResult.InPlace(
                    new RestoreOutputs(context.Earlier<RestoreSourceOutputs>()),
                    $"{context.Answers.Site.Name} is {context.Earlier<RestoreSourceOutputs>().Restored}"
                )
                : new ProbeResult.Missing($"{context.Answers.Site.Name} is not replaced yet")
        );

    /// <inheritdoc/>
    public override Task<RestorePlan> PlanAsync(StepContext context, CancellationToken cancellation)
    {
        var source = context.Earlier<RestoreSourceOutputs>();
        return Task.FromResult(
            new RestorePlan
            {
                Changes = [new PlannedChange(ChangeKind.Replace, context.Answers.Site.Name, $"by {source.Restored}")],
            }
        );
    }

    /// <inheritdoc/>
    /// <exception cref="InstallerException">
    /// The site was not replaced, or not completely: the message says which. It is never served half replaced.
    /// </exception>
    public override async Task RunAsync(RestorePlan plan, StepContext context, CancellationToken cancellation)
    {
        var record = new RestoreRecord(context, request);
        var run = new RestoreRun(context, request);
        if (!record.IsReplaced())
        {
            await ReplaceAsync(record, run, context, cancellation);
        }

        context.Report.Progress("preparing the restored site");
        await new RegisteredJobs(context).RunInitAsync(cancellation);
        await run.StartApplicationAsync(cancellation);
        record.Keep(RestoreRecord.Done);
    }

    private async Task ReplaceAsync(
        RestoreRecord record,
        RestoreRun run,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var mayBeReplaced = record.HasBegun() || context.Earlier<RestoreSourceOutputs>().IsUnfinished;
        try
        {
            await new RegisteredJobs(context).StopApplicationAsync(cancellation);
            mayBeReplaced = true;
            record.Keep(RestoreRecord.Begun);
            await run.RunAsync("restore", cancellation);
        }
        // Only the script knows that the site is whole after it began.
        catch (InstallerException e) when (e is BackupFailed || !mayBeReplaced)
        {
            record.Forget();
            await run.StartAgainAsync(cancellation);
            throw;
        }
        catch (InstallerException e) when (e.Code != ErrorCode.RestoreUnfinished)
        {
            throw RestoreErrors.NotKnown(e, request, context.Answers);
        }

        record.Keep(RestoreRecord.Replaced);
    }
}

/// <summary>Verifies the restored site as an install does.</summary>
internal sealed class RestoreVerificationStep(RestoreRequest request) : Step<VerificationPlan>
{
    private readonly VerificationStep _step = new();

    /// <inheritdoc/>
    public override string Id => StepId.Verification;

    /// <inheritdoc/>
    public override StepInputs Inputs(StepSettings settings) => _step.Inputs(settings);

    /// <inheritdoc/>
    public override async Task<ProbeResult> ProbeAsync(StepContext context, CancellationToken cancellation)
    {
        await new RestoreRun(context, request).TakeDeployedAsync(cancellation);
        return await _step.ProbeAsync(context, cancellation) is ProbeResult.InPlace there
            ? new ProbeResult.InPlace(new RestoreOutputs(context.Earlier<RestoreSourceOutputs>()), there.Summary)
            : new ProbeResult.Missing("the restored site was not verified yet");
    }

    /// <inheritdoc/>
    public override Task<VerificationPlan> PlanAsync(StepContext context, CancellationToken cancellation) =>
        _step.PlanAsync(context, cancellation);

    /// <inheritdoc/>
    public override Task RunAsync(VerificationPlan plan, StepContext context, CancellationToken cancellation) =>
        _step.RunAsync(plan, context, cancellation);
}

/// <summary>
/// Records in the state directory how far this run's restore came: a run that continues must not restore again after
/// users have worked with the restored site.
/// </summary>
internal sealed class RestoreRecord(StepContext context, RestoreRequest request)
{
    /// <summary>The backup of what is replaced is written.</summary>
    public const string Secured = "secured";

    /// <summary>The site may be replaced from here on.</summary>
    public const string Begun = "begun";

    /// <summary>The site is replaced, and not served yet.</summary>
    public const string Replaced = "replaced";

    /// <summary>The restored site is served.</summary>
    public const string Done = "done";

    private string FilePath => context.Directory.In("restored.txt");

    /// <summary>Whether this run wrote the backup of what is replaced, and nothing happened since.</summary>
    public bool IsSecured() => Read() == Secured;

    /// <summary>Whether the site may be replaced, by this run.</summary>
    public bool HasBegun() => Read() is Begun or Replaced or Done;

    /// <summary>Whether it is replaced.</summary>
    public bool IsReplaced() => Read() is Replaced or Done;

    /// <summary>Whether the restored site is served.</summary>
    public bool IsDone() => Read() == Done;

    /// <summary>Writes it.</summary>
    public void Keep(string stage) => AtomicFile.Write(FilePath, $"{context.Run} {request}\n{stage}\n");

    /// <summary>The site is as it was, or was served since.</summary>
    public void Forget() => File.Delete(FilePath);

    private string? Read()
    {
        try
        {
            return File.ReadAllLines(FilePath) is [var run, var stage, ..] && run == $"{context.Run} {request}"
                ? stage
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
