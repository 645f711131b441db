using System.Globalization;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Live;

/// <summary>
/// Judges what was read, for every front end. The limits stand here and nowhere else, and docs/operating.md lists them.
/// </summary>
internal static class Judgement
{
    // A container that Nomad restarted this recently may do it again.
    private static readonly TimeSpan RecentStart = TimeSpan.FromMinutes(30);

    // Time for a container to start before it counts as down.
    private const double FullMemory = 0.9;
    private const double SlowSeconds = 2;
    private const double CertificateDays = 14;

    // Jobs of the kind All run every four minutes (frappe/utils/scheduler.py).
    private const double SchedulerSeconds = 10 * 60;

    // frappe.enqueue refuses more (frappe/utils/background_jobs.py).
    private const long FullQueue = 500;
    private const double OldJobSeconds = 15 * 60;
    private const double OldLongJobSeconds = 2 * 60 * 60;
    private const double ScheduledBackupHours = 26;
    private const double BackupDays = 7;
    private const double LowDisk = 0.1;
    private const double FullDisk = 0.03;

    /// <summary>A container.</summary>
    public static LiveContainer Of(LiveContainer c, DateTimeOffset now) =>
        c switch
        {
            // Nomad forgets an ended job after some hours.
            { Ends: true, State: "absent" } => c,
            { Ends: true, State: "dead", Level: LiveLevel.Down } => c,
            { Ends: true, State: "dead" } => c,
            { Ends: true } => Warns(c, $"{c.State}: the init job runs", ""),
            { State: "running" } => OfRunning(c, now),
            { State: "absent" } => Down(c, "there is no container", "erp-installer plan"),
            _ => Down(c, c.State == "dead" ? "it ended" : $"{c.State}: it does not run", "erp-installer plan"),
        };

    private static LiveContainer OfRunning(LiveContainer c, DateTimeOffset now)
    {
        var isRecent = c.Started is { } started && now - started < RecentStart;
        return c.OomKills > 0 && isRecent
                ? Warns(c, $"killed for its memory {Times(c.OomKills)}; give {Key(c)} more memory", "")
            : c.Restarts > 0 && isRecent
                ? Warns(c, $"restarted {Times(c.Restarts)}, the last time within half an hour", "")
            : c.MemoryMebibytes / c.MemoryLimitMebibytes >= FullMemory
                ? Warns(c, $"its memory is nearly full; give {Key(c)} more", "")
            : c;
    }

    /// <summary>The answer of the site.</summary>
    /// <param name="fault">What is wrong with it; null: nothing.</param>
    public static LiveAnswer Of(LiveAnswer answer, string? fault) =>
        fault is not null ? Down(answer, fault, "erp-installer plan")
        : answer.Seconds > SlowSeconds ? Warns(answer, "slow", "")
        : answer;

    /// <summary>The certificate.</summary>
    public static LiveCertificate Of(LiveCertificate certificate) =>
        certificate.DaysLeft switch
        {
            <= 0 => Down(certificate, "it has expired", "erp-installer renew"),
            < CertificateDays => Warns(certificate, "it expires soon", "erp-installer renew"),
            _ => certificate,
        };

    /// <summary>The scheduler.</summary>
    /// <param name="off">The key that switches it off; null: none does.</param>
    public static LiveScheduler Of(LiveScheduler scheduler, string? off) =>
        scheduler switch
        {
            { Enabled: null } => Unknown(scheduler, "cannot be read"),
            { Enabled: false } => Warns(scheduler, $"switched off by {off}: nothing runs by schedule", ""),
            { LastJobSeconds: null } => Unknown(scheduler, "no job has run yet"),
            { LastJobSeconds: > SchedulerSeconds } => Down(scheduler, "no job began in the last ten minutes", ""),
            _ => scheduler,
        };

    /// <summary>A queue.</summary>
    public static LiveQueue Of(LiveQueue queue) =>
        queue switch
        {
            { Length: >= FullQueue } => Down(queue, "full: Frappe refuses more jobs", ""),
            { OldestSeconds: { } age } when age > (queue.Queue == "long" ? OldLongJobSeconds : OldJobSeconds) => Warns(
                queue,
                "its oldest job waits too long",
                ""
            ),
            { Abandoned: > 0 } => Warns(queue, $"{queue.Abandoned} jobs lost their worker", ""),
            _ => queue,
        };

    /// <summary>The workers.</summary>
    public static LiveWorkers Of(LiveWorkers workers) =>
        workers.Count switch
        {
            null => Unknown(workers, "cannot be read"),
            0 => Down(workers, "none: background jobs do not run", "erp-installer plan"),
            var count when count < workers.Wanted => Warns(
                workers,
                $"{count} of {workers.Wanted}",
                "erp-installer plan"
            ),
            _ => workers,
        };

    /// <summary>The last backup.</summary>
    /// <param name="isScheduled">Backups are made each day.</param>
    public static LiveBackup Of(LiveBackup backup, bool isScheduled) =>
        backup.AgeSeconds switch
        {
            null => Warns(backup, "none is known", "erp-installer backup"),
            > ScheduledBackupHours * 3600 when isScheduled => Warns(
                backup,
                "the scheduled one was not made",
                "erp-installer backups"
            ),
            > BackupDays * 86400 => Warns(backup, "older than a week", "erp-installer backup"),
            _ => backup,
        };

    /// <summary>A file system.</summary>
    public static LiveDisk Of(LiveDisk disk) =>
        ((double)disk.FreeBytes / Math.Max(disk.SizeBytes, 1)) switch
        {
            < FullDisk => Down(disk, "full", ""),
            < LowDisk => Warns(disk, $"nearly full: {ByteSize.Text(disk.FreeBytes)} free", ""),
            _ => disk,
        };

    /// <summary>The apps.</summary>
    public static LiveApps Of(LiveApps apps) =>
        apps.ChangedSteps.Count == 0
            ? apps
            : Warns(apps, $"answers changed since: {string.Join(", ", apps.ChangedSteps)}", "erp-installer plan");

    /// <summary>Something that cannot be read.</summary>
    public static T Unknown<T>(T value, string why)
        where T : LiveValue => value with { Level = LiveLevel.Unknown, Why = why };

    /// <summary>Something that works and needs attention.</summary>
    public static T Warns<T>(T value, string why, string hint)
        where T : LiveValue => value with { Level = LiveLevel.Warns, Why = why, Hint = hint };

    /// <summary>Something that does not work.</summary>
    public static T Down<T>(T value, string why, string hint)
        where T : LiveValue => value with { Level = LiveLevel.Down, Why = why, Hint = hint };

    private static string Key(LiveContainer c) => $"resources.{c.Group.Replace('-', '_')}";

    private static string Times(int count) =>
        count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count} times");
}
