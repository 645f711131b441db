using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Updates;

/// <summary>
/// The parts of an update that changes the database: it closes the site, makes the backup, opens the site again, or
/// goes back. Each part writes down in <c>update.toml</c> that it is done.
/// </summary>
/// <param name="words">What closes the site; null: an update.</param>
internal sealed class Update(StepContext context, UpdateWords? words = null)
{
    private const string BySafeguard = "safeguard";

    private readonly UpdateWords _words = words ?? UpdateWords.Update;

    /// <summary>Closes the site, and waits for its workers.</summary>
    /// <param name="record">How far the update is.</param>
    /// <param name="isServed">The application runs, so workers can finish their jobs.</param>
    /// <exception cref="InstallerException">The site could not be closed. It is open again.</exception>
    public async Task<UpdateRecord> CloseAsync(UpdateRecord record, bool isServed, CancellationToken cancellation)
    {
        var isUnserved = !await new ExistingJobs(context).HasApplicationAsync(cancellation);
        var serving = isUnserved
            ? await PlannedAsync(cancellation)
            : await new ExistingJobs(context).ServingAsync(cancellation);
        var now = context.World.Time.GetUtcNow();
        var closing = (
            record.IsOpen
                ? record
                : record with
                {
                    Phase = UpdatePhase.Closing,
                    Run = UtcStamp.Of(now),
                    Began = now,
                    Image = serving.Image,
                    IsUnserved = isUnserved,
                }
        ).Write(context.Directory);
        context.Report.Progress($"closing {context.Answers.Site.Name}, and waiting for its workers");
        try
        {
            var said = await new BackupRun(context) { Serving = serving }.RunAsync(
                new BackupAction.Close(closing.Run, isServed && !isUnserved),
                cancellation
            );
            return TellClosed(said[^1], closing);
        }
        catch (InstallerException e) when (isServed && e is not NomadUnreachable)
        {
            if (await TryOpenAsync(closing, cancellation))
            {
                End(closing, e.Message);
            }

            throw e is BackupFailed failed
                ? UpdateErrors.NotClosed(failed, _words, context)
                : UpdateErrors.NotBegun(e, _words);
        }
    }

    private async Task<(string Image, IReadOnlyList<string> Apps)> PlannedAsync(CancellationToken cancellation)
    {
        var inputs = await new JobPlanning(context).InputsAsync(cancellation);
        return (inputs.Image, inputs.Apps);
    }

    /// <summary>Makes the backup that a way back needs, and reads it back. The application is stopped.</summary>
    /// <returns>The id of the backup.</returns>
    /// <exception cref="InstallerException">There is no backup.</exception>
    public async Task<string> SecureAsync(UpdateRecord record, CancellationToken cancellation)
    {
        context.Report.Progress($"backing up {context.Answers.Site.Name} before its database changes");
        var run = new BackupRun(context) { Serving = (record.Image, record.Apps) };
        try
        {
            var written = (await run.RunAsync(new BackupAction.Write(record.Run, BySafeguard), cancellation))[^1]
                .ToOutputs();
            await run.RunAsync(new BackupAction.Check(record.Run, written), cancellation);
            context.Report.Log($"{written.Summary}; it was read back");
            return written.Snapshot;
        }
        catch (InstallerException e)
        {
            throw UpdateErrors.NotSecured(e, _words);
        }
    }

    /// <summary>Opens the site.</summary>
    /// <returns>For how long it was closed.</returns>
    public async Task<TimeSpan> OpenAsync(UpdateRecord record, CancellationToken cancellation)
    {
        await new BackupRun(context).RunAsync(new BackupAction.Open(record.Run), cancellation);
        return context.World.Time.GetUtcNow() - record.Began;
    }

    /// <summary>Brings back the application and the data of before, and opens the site.</summary>
    /// <returns>For how long it was closed.</returns>
    /// <exception cref="InstallerException">A part of it failed, and the site stays closed.</exception>
    public async Task<TimeSpan> GoBackAsync(UpdateRecord record, CancellationToken cancellation)
    {
        if (record.Phase == UpdatePhase.GoingBack)
        {
            await new WayBack(context, record).GoAsync(cancellation);
            record = (record with { Phase = UpdatePhase.Back }).Write(context.Directory);
        }

        return await OpenAsync(record, cancellation);
    }

    /// <summary>The update has ended, and the site is what it was before.</summary>
    /// <param name="last">What became of it.</param>
    public void End(UpdateRecord record, string last)
    {
        record.Ended(OneLine(last)).Write(context.Directory);
        ApplicationStop.Forget(context);
    }

    /// <summary>Going back has ended.</summary>
    /// <param name="record">With what it was asked for, see <see cref="UpdateRecord.IsAskedFor"/>.</param>
    /// <param name="last">What became of the site.</param>
    /// <param name="run">The run that ends it.</param>
    public void EndBack(UpdateRecord record, string last, string run) =>
        End(
            record with
            {
                // A failed update leaves the way back from the one before it.
                Previous = record.Specification is null ? record.Previous : null,
                RolledBack = record.IsAskedFor ? run : record.RolledBack,
            },
            last
        );

    /// <summary>The update has ended well. What it replaced is kept for a rollback.</summary>
    /// <param name="seconds">For how long the site was closed.</param>
    public void EndWell(UpdateRecord record, DateTimeOffset opened, string last, double seconds)
    {
        var previous = record is { Snapshot: { } snapshot, IsUnserved: false }
            ? new PreviousSite
            {
                Image = record.Image,
                Apps = record.Apps,
                Snapshot = snapshot,
                Secured = record.Began,
                Opened = opened,
            }
            : null;
        (record.Ended(OneLine(last), seconds) with { Previous = previous, RolledBack = null }).Write(context.Directory);
        ApplicationStop.KeepAsPrevious(context);
    }

    /// <summary>A text of an error, for the file.</summary>
    public string OneLine(string text) => TerminalText.Clean(context.Secrets.Redact(text)).ReplaceLineEndings(" ");

    private UpdateRecord TellClosed(BackupLine said, UpdateRecord closing)
    {
        var changing = said.Word("changing").Length > 0;
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
                Apps = [.. said.Word("apps").Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            }
        ).Write(context.Directory);
    }

    // The error of before is the one to tell. When this fails too, the next install opens the site.
    private async Task<bool> TryOpenAsync(UpdateRecord record, CancellationToken cancellation)
    {
        try
        {
            await OpenAsync(record, cancellation);
            return true;
        }
        catch (InstallerException e)
        {
            context.Report.Log($"the next install opens the site, because now: {e.Message}", LogLevel.Warning);
            return false;
        }
    }
}
