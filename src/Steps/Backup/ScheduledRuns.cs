using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>Checks whether the scheduled backups are made. They run without the installer.</summary>
internal sealed class ScheduledRuns(StepContext context)
{
    // The longest time between two backups: a day, and time for the backup itself.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(26);

    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _id = new JobIds(context.Answers.Nomad.Job).Schedule;

    /// <summary>What is wrong with them, in a line; null: nothing, or none are scheduled.</summary>
    /// <param name="backups">Those in the repository, oldest first.</param>
    public async Task<string?> FindFaultAsync(IReadOnlyList<BackupKnown> backups, CancellationToken cancellation)
    {
        if (context.Answers.Backup.Schedule is null)
        {
            return null;
        }

        if (await _nomad.FindJobAsync(_id, cancellation) is null)
        {
            return "The scheduled backups are not registered yet. Register them: erp-installer install";
        }

        return await FindFailureAsync(cancellation) ?? FindAge(backups);
    }

    // Nomad forgets a run some hours after its end, and a token may lack the right to list jobs. The age of the newest
    // backup is known all the same.
    private async Task<NomadPeriodicRun?> FindLastAsync(CancellationToken cancellation)
    {
        try
        {
            return await _nomad.ListRunsAsync(_id, cancellation) is [.., var last] ? last : null;
        }
        catch (NomadDenied)
        {
            return null;
        }
    }

    private async Task<string?> FindFailureAsync(CancellationToken cancellation)
    {
        if (await FindLastAsync(cancellation) is not { } run)
        {
            return null;
        }

        var newest = (await _nomad.GetAllocationsAsync(run.ID, index: null, cancellation)).Value?.MaxBy(a =>
            a.CreateIndex
        );
        if (newest is not { IsTerminal: true })
        {
            return null;
        }

        var said = BackupLine.In(
            await new ShortJob(context, run.ID, BackupJob.Task, BackupRun.Lines).ReadAsync(newest, cancellation) ?? []
        );
        var time = FormattableString.Invariant($"The scheduled backup of {run.Time:yyyy-MM-dd HH:mm} UTC failed");
        return said switch
        {
            [.., { Kind: "failed" } last] =>
                $"{time}: {BackupErrors.Failed(last, BackupWords.Backup, context.Answers).Message}. "
                    + "Make one now: erp-installer backup",
            _ when newest.ClientStatus != "complete" => $"{time}. Make one now: erp-installer backup",
            _ => null,
        };
    }

    private string? FindAge(IReadOnlyList<BackupKnown> backups)
    {
        var now = context.World.Time.GetUtcNow();
        return backups is [.., var newest] && now - newest.Time > Longest
            ? FormattableString.Invariant(
                $"The newest backup is {(now - newest.Time).TotalHours:0} hours old. Make one now: erp-installer backup"
            )
            : null;
    }
}
