using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>
/// Protects the site's data during an update: closes the site, makes the backup, and opens the site again once it is
/// verified. If the update fails, it goes back. <c>update.toml</c> records each phase, so that a run after a killed one
/// knows where it is.
/// </summary>
internal sealed class UpdateGuard : IDataGuard
{
    private const string BySafeguard = "safeguard";

    // After these errors, the database may be changed and the site does not work. Others, such as a Nomad that does not
    // answer, leave the update where it is, and the next run goes on.
    private static readonly ErrorCode[] Failures =
    [
        ErrorCode.AllocationFailed,
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

        if (record.IsOpen)
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
            await CloseAsync(record, isServed: true, context, cancellation);
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
            record = await CloseAsync(record, isServed: false, context, cancellation);
        }

        if (record.Phase == UpdatePhase.Closed && context.Answers.Update.Safeguard == UpdateSafeguard.Backup)
        {
            await SecureAsync(record, context, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task ReopenAsync(StepContext context, CancellationToken cancellation)
    {
        var record = UpdateRecord.Read(context.Directory);
        if (!record.IsOpen)
        {
            return;
        }

        var isUpdated = record.Phase is UpdatePhase.Secured or UpdatePhase.Opening;
        if (isUpdated)
        {
            record = (record with { Phase = UpdatePhase.Opening }).Write(context.Directory);
        }

        var closed = await OpenAsync(record, context, cancellation);
        var last = isUpdated
            ? FormattableString.Invariant($"the site was closed for {closed.TotalSeconds:0} s")
            : "the update did not change the database";
        End(record, last, isUpdated ? closed.TotalSeconds : null, context);
        context.Report.Log($"{context.Answers.Site.Name} is open again: {last}");
    }

    /// <inheritdoc/>
    public async Task<InstallerException> FailedAsync(
        InstallerException error,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var record = UpdateRecord.Read(context.Directory);
        if (record.Phase is null or UpdatePhase.Opening || !Failures.Contains(error.Code))
        {
            return error;
        }

        if (record.Phase != UpdatePhase.Secured || context.Answers.Update.OnFailure == UpdateFailure.Stay)
        {
            return UpdateErrors.Stays(error, context);
        }

        context.Report.Log($"{error.Message}: going back to the application and the data of before", LogLevel.Warning);
        var failed = (
            record with
            {
                Phase = UpdatePhase.GoingBack,
                Failure = OneLine(error.Message, context),
                FailureHint = OneLine(error.Hint, context),
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

    private static async Task<UpdateRecord> CloseAsync(
        UpdateRecord record,
        bool isServed,
        StepContext context,
        CancellationToken cancellation
    )
    {
        var (image, _) = await new ExistingJobs(context).ServingAsync(cancellation);
        var now = context.World.Time.GetUtcNow();
        var closing = (
            record.IsOpen
                ? record
                : record with
                {
                    Phase = UpdatePhase.Closing,
                    Run = FormattableString.Invariant($"{now:yyyyMMdd'T'HHmmss'Z'}"),
                    Began = now,
                    Image = image,
                }
        ).Write(context.Directory);
        context.Report.Progress($"closing {context.Answers.Site.Name}, and waiting for its workers");
        try
        {
            var said = await new BackupRun(context).RunAsync(
                new BackupAction.Close(closing.Run, isServed),
                cancellation
            );
            var changing = said[^1].Word("changing").Length > 0;
            if (changing)
            {
                context.Report.Log(
                    "an earlier change of the database did not finish: it goes on without a backup",
                    LogLevel.Warning
                );
            }

            return (
                closing with
                {
                    Phase = changing ? UpdatePhase.Closing : UpdatePhase.Closed,
                    Apps = [.. said[^1].Word("apps").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
                }
            ).Write(context.Directory);
        }
        catch (InstallerException e) when (isServed && e is not NomadUnreachable)
        {
            if (await TryOpenAsync(closing, context, cancellation))
            {
                End(closing, OneLine(e.Message, context), seconds: null, context);
            }

            throw e is BackupFailed failed ? UpdateErrors.NotClosed(failed, context) : UpdateErrors.NotBegun(e);
        }
    }

    private static async Task SecureAsync(UpdateRecord record, StepContext context, CancellationToken cancellation)
    {
        context.Report.Progress($"backing up {context.Answers.Site.Name} before its database changes");
        var run = new BackupRun(context) { Serving = (record.Image, record.Apps) };
        try
        {
            var written = (await run.RunAsync(new BackupAction.Write(record.Run, BySafeguard), cancellation))[^1]
                .ToOutputs();
            await run.RunAsync(new BackupAction.Check(record.Run, written), cancellation);
            (record with { Phase = UpdatePhase.Secured, Snapshot = written.Snapshot }).Write(context.Directory);
            context.Report.Log($"{written.Summary}; it was read back");
        }
        catch (InstallerException e)
        {
            throw UpdateErrors.NotSecured(e);
        }
    }

    // The error of before is the one to tell. When this fails too, the next install opens the site.
    private static async Task<bool> TryOpenAsync(
        UpdateRecord record,
        StepContext context,
        CancellationToken cancellation
    )
    {
        try
        {
            await OpenAsync(record, context, cancellation);
            return true;
        }
        catch (InstallerException e)
        {
            context.Report.Log($"the next install opens the site, because now: {e.Message}", LogLevel.Warning);
            return false;
        }
    }

    private static async Task<TimeSpan> OpenAsync(
        UpdateRecord record,
        StepContext context,
        CancellationToken cancellation
    )
    {
        await new BackupRun(context).RunAsync(new BackupAction.Open(record.Run), cancellation);
        return context.World.Time.GetUtcNow() - record.Began;
    }

    private static async Task<InstallerException> BackAsync(
        UpdateRecord record,
        IReadOnlyList<string> details,
        StepContext context,
        CancellationToken cancellation
    )
    {
        try
        {
            if (record.Phase == UpdatePhase.GoingBack)
            {
                await new WayBack(context, record).GoAsync(cancellation);
                record = (record with { Phase = UpdatePhase.Back }).Write(context.Directory);
            }

            var closed = await OpenAsync(record, context, cancellation);
            var taken = UpdateErrors.TakenBack(record, closed, context, details);
            End(record, taken.Message, seconds: null, context);
            return taken;
        }
        catch (InstallerException e)
        {
            return UpdateErrors.Stuck(record, e, context);
        }
    }

    private static void End(UpdateRecord record, string last, double? seconds, StepContext context)
    {
        record.Ended(last, seconds).Write(context.Directory);
        ApplicationStop.Forget(context);
    }

    private static string OneLine(string text, StepContext context) =>
        TerminalText.Clean(context.Secrets.Redact(text)).ReplaceLineEndings(" ");
}
