using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>
/// Protects the site's data during an update: closes the site, makes the backup, and opens the site again once it is
/// verified. If the update fails, it goes back. <c>update.toml</c> records each phase, so that a run after a killed one
/// knows where it is.
/// </summary>
internal sealed class UpdateGuard : IDataGuard
{
    // After these errors, the database may be changed and the site does not work. Others, such as a Nomad that does not
    // answer, leave the update where it is, and the next run goes on.
    private static readonly ErrorCode[] Failures =
    [
        ErrorCode.AllocationFailed,
        ErrorCode.AppNotRemoved,
        ErrorCode.DeploymentFailed,
        ErrorCode.PlacementBlocked,
        ErrorCode.StepTimedOut,
        ErrorCode.VerificationFailed,
    ];

    /// <inheritdoc/>
    public async Task ResumeAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (!record.IsOpen)
        {
            record = await new ClosedSite(context).FindAsync(record, cancellation);
        }

        if (record.Phase is UpdatePhase.GoingBack or UpdatePhase.Back)
        {
            context.Report.Log("the way back of an earlier run was interrupted: it goes on");
            throw await BackAsync(record, [], context, cancellation);
        }

        // This run may begin another update, which needs a backup of its own.
        if (record.Phase == UpdatePhase.Opening)
        {
            await ReopenAsync(context, cancellation);
        }
        else if (record.IsOpen)
        {
            context.Report.Log("an update of an earlier run was interrupted: it goes on, and the site is still closed");
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.Phase is null or UpdatePhase.Closing)
        {
            var closing = WithRemoval(record, context);
            await new Update(context, UpdateWords.Of(closing)).CloseAsync(closing, isServed: true, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task SecureAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.Phase is UpdatePhase.Secured)
        {
            return;
        }

        // The application was stopped by hand, or by an installer that made no backup.
        if (record.Phase is null or UpdatePhase.Closing)
        {
            var closing = WithRemoval(record, context);
            record = await new Update(context, UpdateWords.Of(closing)).CloseAsync(
                closing,
                isServed: false,
                cancellation
            );
        }

        var removes = record.Removing.Count > 0;
        if (removes && record.Phase != UpdatePhase.Closed)
        {
            throw UpdateErrors.NotRemoved(record.Removing);
        }

        // What is removed is in a backup, whatever the answers say.
        if (
            record.Phase == UpdatePhase.Closed
            && (removes || context.Answers.Update.Safeguard == UpdateSafeguard.Backup)
        )
        {
            var snapshot = await new Update(context, UpdateWords.Of(record)).SecureAsync(record, cancellation);
            (record with { Phase = UpdatePhase.Secured, Snapshot = snapshot }).Write(context.Directory);
            return;
        }

        // A backup from now on would be one of a database that is half changed.
        (record with { Phase = UpdatePhase.Unsecured }).Write(context.Directory);
    }

    /// <inheritdoc/>
    public bool RemovesApps(StepContext context) =>
        WithRemoval(UpdateRecord.Read(context.Directory), context).Removing.Count > 0;

    /// <inheritdoc/>
    public async Task RemoveAppsAsync(StepContext context, CancellationToken cancellation)
    {
        var record = WithRemoval(UpdateRecord.Read(context.Directory), context);
        if (record.Removing.Count == 0)
        {
            return;
        }

        var apps = string.Join(", ", record.Removing);
        context.Report.Progress($"removing {apps} from {context.Answers.Site.Name}");
        var run = new BackupRun(context) { Serving = (record.Image, record.Apps) };
        await run.RunAsync(new BackupAction.Uninstall(record.Run, record.Removing), cancellation);
        (record with { Removing = [] }).Write(context.Directory);
        context.Report.Log($"removed from {context.Answers.Site.Name}: {apps}; backup {record.Snapshot} has the data");
    }

    // An app that the answers name again stays.
    private static UpdateRecord WithRemoval(UpdateRecord record, StepContext context)
    {
        var asked = record.Removing.Union(context.AskedFor.RemovedApps);
        var named = AppChoice.Names(context.Answers.Apps, context.Release);
        return record with { Removing = [.. asked.Except(named)] };
    }

    /// <inheritdoc/>
    public async Task ReopenAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (!record.IsOpen)
        {
            return;
        }

        var update = new Update(context);
        if (record.Phase is not (UpdatePhase.Secured or UpdatePhase.Unsecured or UpdatePhase.Opening))
        {
            await AbandonAsync(context, cancellation);
            return;
        }

        record = (record with { Phase = UpdatePhase.Opening }).Write(context.Directory);
        var opened = context.World.Time.GetUtcNow();
        var closed = await update.OpenAsync(record, cancellation);
        var last = FormattableString.Invariant($"the site was closed for {closed.TotalSeconds:0} s");
        update.EndWell(record, opened, last, closed.TotalSeconds);
        context.Report.Log($"{context.Answers.Site.Name} is open again: {last}");
    }

    /// <inheritdoc/>
    public async Task AbandonAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.IsOpen)
        {
            var update = new Update(context);
            await update.OpenAsync(record, cancellation);
            update.End(record, "the update did not change the database");
            context.Report.Log($"{context.Answers.Site.Name} is open again: the update did not change the database");
        }
    }

    /// <inheritdoc/>
    public async Task ReplacedAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.IsOpen)
        {
            var update = new Update(context);
            await update.OpenAsync(record, cancellation);
            update.End(record with { Previous = null }, "a restore replaced the site before the update ended");
        }
    }

    /// <inheritdoc/>
    public async Task<InstallerException> FailedAsync(
        InstallerException error,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var record = UpdateRecord.Read(context.Directory);
        var goesBack = Failures.Contains(error.Code);
        if (record.Phase is null or UpdatePhase.Opening || (!goesBack && error is not BackupFailed))
        {
            return error;
        }

        // Another error of a script: the next run repeats the script.
        if (
            record.Phase != UpdatePhase.Secured
            || record.IsUnserved
            || !goesBack
            || context.Answers.Update.OnFailure == UpdateFailure.Stay
        )
        {
            return UpdateErrors.Stays(error, record, context);
        }

        context.Report.Log($"{error.Message}: going back to the application and the data of before", LogLevel.Warning);
        var failed = (
            record with
            {
                Phase = UpdatePhase.GoingBack,
                Failure = new Update(context).OneLine(error.Message),
                FailureHint = new Update(context).OneLine(error.Hint),
            }
        ).Write(context.Directory);
        return await BackAsync(failed, error.Details, context, cancellation);
    }

    /// <inheritdoc/>
    public async Task<string?> FindPassAsync(StepContext context, CancellationToken cancellation) =>
        UpdateRecord.Read(context.Directory).IsOpen
            ? await new ActionSecrets(context).FindPassAsync(cancellation)
            : null;

    /// <inheritdoc/>
    public string? FindUnfinished(StepContext context) =>
        UpdateRecord.Read(context.Directory) is { IsOpen: true } record
            ? $"{context.Answers.Site.Name} is closed: an update did not end ({record.Phase}). "
                + (record.Phase == UpdatePhase.GoingBack ? "It goes back" : "It goes on")
                + ": erp-installer install"
            : null;

    /// <inheritdoc/>
    public IEnumerable<PlannedChange> Foretell(StepContext context)
    {
        var record = UpdateRecord.Read(context.Directory);
        var seconds = record.Seconds is [.., var newest]
            ? FormattableString.Invariant($"closed for about {newest:0} s, as in the last update")
            : "closed for a time that is not known yet: no update was measured here";
        yield return context.Answers.Update.Safeguard == UpdateSafeguard.Backup
            ? new PlannedChange(
                ChangeKind.Create,
                "backup",
                $"of {context.Answers.Site.Name}, if this image changes the database; the site is then {seconds}"
            )
            : new PlannedChange(
                ChangeKind.Look,
                "no backup",
                $"safeguard = \"none\"; if this image changes the database, the site is {seconds}"
            );
        if (record.Last is { } last)
        {
            yield return new PlannedChange(ChangeKind.Look, "last update", last);
        }
    }

    private static async Task<InstallerException> BackAsync(
        UpdateRecord record,
        IReadOnlyList<string> details,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var update = new Update(context);
        try
        {
            var closed = await update.GoBackAsync(record, cancellation);
            var taken = UpdateErrors.TakenBack(record, closed, context, details);
            update.EndBack(record, taken.Message, record.Run);
            return taken;
        }
        catch (InstallerException e)
        {
            return UpdateErrors.Stuck(record, e, context);
        }
    }
}
