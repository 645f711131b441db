using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>The looks at backups, secrets, jobs, image, certificate and host.</summary>
internal static class KeptLooks
{
    private static readonly TimeSpan CheckedWithin = TimeSpan.FromDays(8);
    private static readonly TimeSpan RestoredWithin = TimeSpan.FromDays(365);

    public static IEnumerable<Look> Of(DoctorFacts facts, AnswerFile answers) =>
        [
            .. Certificate(facts),
            Backup(facts),
            BackupChecked(facts),
            BackupSchedule(facts, answers),
            RestoreTested(facts),
            Secrets(facts),
            Step(LookId.Image, StepId.Image, "in its place, also after Nomad removed unused images", facts),
            Step(LookId.Jobs, StepId.Deployment, "registered as the answers want them", facts),
            Answers(facts),
            LastRun(facts),
            Disks(facts.Live),
            Host(LookId.DiskHost, CheckId.Disk, "room for Docker's images and Nomad's allocations", facts),
            Host(LookId.Clock, CheckId.Clock, "follows a time source", facts),
            HostChecks(facts),
        ];

    private static IEnumerable<Look> Certificate(DoctorFacts facts)
    {
        if (facts.Served is not { Fingerprint: { } fingerprint } served)
        {
            yield break;
        }

        if (served.Given is { } given)
        {
            yield return Look.That(
                given == fingerprint,
                LookId.CertificateServed,
                given == fingerprint ? "that of the answers" : $"another one: {fingerprint[..23]}…",
                "the site presents the certificate of the answers",
                "erp-installer install",
                LookVerdict.Bad
            );
        }

        yield return Look.That(
            served.Trusted || served.SelfSigned,
            LookId.CertificateTrust,
            served.Trusted ? "trusted by this system"
                : served.SelfSigned ? "self-signed, as the answers say"
                : "this system does not trust its chain",
            "each browser trusts it",
            "erp-installer validate FILE",
            LookVerdict.Warns
        );
    }

    private static Look Backup(DoctorFacts facts)
    {
        var backup = facts.Live.Backup;
        var found = backup.AgeSeconds is { } age
            ? $"{backup.Id} by {backup.By}, {LiveLooks.Ago(TimeSpan.FromSeconds(age))}"
            : "none is known";
        return LiveLooks.Judged(
            LookId.Backup,
            backup,
            found,
            "not older than the schedule allows, or a week",
            "erp-installer backup"
        );
    }

    private static Look BackupChecked(DoctorFacts facts)
    {
        var age = facts.Time - facts.Runs.BackupChecked;
        var isScheduled = facts.Nomad is { HasSchedule: true, ScheduleFault: null };
        return Look.That(
            isScheduled || age <= CheckedWithin,
            LookId.BackupChecked,
            isScheduled ? "the schedule reads each backup back"
                : age is null ? "no backup was read back from here"
                : $"{LiveLooks.Ago(age)}",
            "a backup was read back in the last 8 days",
            "erp-installer backup",
            LookVerdict.Warns
        );
    }

    private static Look BackupSchedule(DoctorFacts facts, AnswerFile answers)
    {
        const string Expected = "a backup every day, for example schedule = \"03:30\" in [backup]";
        if (answers.Backup.Schedule is not { } schedule)
        {
            return new Look(LookId.BackupSchedule, LookVerdict.Warns, "no schedule", Expected, "erp-installer plan");
        }

        return facts.Nomad.HasSchedule is not { } has
            ? Look.Unknown(LookId.BackupSchedule, facts.Nomad.Fault ?? "not known", Expected)
            : Look.That(
                has && facts.Nomad.ScheduleFault is null,
                LookId.BackupSchedule,
                facts.Nomad.ScheduleFault ?? (has ? $"registered, {schedule}" : "not registered"),
                Expected,
                has ? "erp-installer backups" : "erp-installer install",
                LookVerdict.Bad
            );
    }

    // A restore replaces the site, so the hint is not to do it here.
    private static Look RestoreTested(DoctorFacts facts)
    {
        var age = facts.Time - facts.Runs.Restored;
        return Look.That(
            age <= RestoredWithin,
            LookId.RestoreTested,
            age is null ? "no restore was made from this state directory" : LiveLooks.Ago(age),
            "a restore in the last year, on this or another host (docs/operating.md)",
            "erp-installer restore --help",
            LookVerdict.Warns
        );
    }

    private static Look Secrets(DoctorFacts facts) =>
        facts.Nomad.Fault is { } fault
            ? Look.Unknown(LookId.Secrets, fault, "in Nomad's Variables", "erp-installer check")
            : Look.That(
                facts.Nomad.MissingSecrets.Count == 0,
                LookId.Secrets,
                facts.Nomad.MissingSecrets.Count == 0
                    ? "all there"
                    : $"missing: {string.Join(", ", facts.Nomad.MissingSecrets)}",
                "in Nomad's Variables",
                "erp-installer install",
                LookVerdict.Bad
            );

    private static Look Step(string id, string step, string expected, DoctorFacts facts) =>
        facts.Drift.Steps.FirstOrDefault(s => s.Step == step && (s.InPlace || s.Changes.Count > 0)) is not { } found
            ? Look.Unknown(id, facts.Drift.Fault ?? "the plan does not reach it", expected, "erp-installer plan")
            : Look.That(
                found.InPlace,
                id,
                found.Changes.Count == 0
                    ? found.Summary
                    : $"{found.Changes.Count} changes: {string.Join("; ", found.Changes.Take(3))}",
                expected,
                "erp-installer plan",
                LookVerdict.Warns
            );

    private static Look Answers(DoctorFacts facts)
    {
        var changed = facts.Live.Apps.ChangedSteps;
        return Look.That(
            changed.Count == 0,
            LookId.Answers,
            changed.Count == 0 ? "unchanged since the last install" : $"changed for: {string.Join(", ", changed)}",
            "those of the last install",
            "erp-installer plan",
            LookVerdict.Warns
        );
    }

    private static Look LastRun(DoctorFacts facts) =>
        Look.That(
            facts.Runs is { Unfinished: null, Failed: null },
            LookId.LastRun,
            facts.Runs.Unfinished
                ?? (facts.Runs.Failed is { } step ? $"{step}: {facts.Runs.FailedWith}" : "ended well"),
            "the last run ended well",
            facts.Runs.ContinuedBy ?? "erp-installer install",
            LookVerdict.Warns
        );

    // The worst of them decides. One that cannot be read is no reason to say that all is well.
    private static Look Disks(LiveStatus live)
    {
        string[] expected = [LiveDisk.OfSites, LiveDisk.OfDatabase];
        var found = expected.Select(of => (Of: of, Disk: live.Disks.FirstOrDefault(d => d.Of == of))).ToList();
        return new Look(
            LookId.DiskVolumes,
            found.Max(f => LiveLooks.VerdictOf(f.Disk?.Level ?? LiveLevel.Unknown)),
            string.Join("; ", found.Select(f => $"{f.Of}: {(f.Disk is { } d ? Free(d) : "cannot be read")}")),
            "each at least 10 % free; keep_daily, keep_weekly and keep_monthly in [backup] remove old backups",
            found.Exists(f => f.Disk is not (null or { Level: LiveLevel.Well })) ? "erp-installer backups"
                : found.Find(f => f.Disk is null).Of is { } unread
                    ? $"erp-installer logs {(unread == LiveDisk.OfSites ? "backend" : "database")}"
                : ""
        );
    }

    private static string Free(LiveDisk disk) =>
        FormattableString.Invariant($"{100.0 * disk.FreeBytes / Math.Max(1, disk.SizeBytes):0} % of ")
        + $"{ByteSize.Text(disk.SizeBytes)} free";

    private static Look Host(string id, string check, string expected, DoctorFacts facts) =>
        facts.Host.Rows.FirstOrDefault(r => r.Id == check) is not { } row
            ? Look.Unknown(id, facts.Host.Fault ?? "not measured", expected, "erp-installer check")
            : new Look(id, VerdictOf(row), row.Found, expected, IsWell(row) ? "" : "erp-installer check");

    private static Look HostChecks(DoctorFacts facts)
    {
        const string Expected = "each passes";
        if (facts.Host.Rows.Count == 0)
        {
            return Look.Unknown(LookId.HostChecks, facts.Host.Fault ?? "not measured", Expected, "erp-installer check");
        }

        var bad = facts.Host.Rows.Where(r => !IsWell(r)).ToList();
        return new Look(
            LookId.HostChecks,
            bad.Select(VerdictOf).DefaultIfEmpty(LookVerdict.Well).Max(),
            bad.Count == 0
                ? $"{facts.Host.Rows.Count} pass"
                : string.Join("; ", bad.Select(r => $"{r.Id}: {r.Verdict}, {r.Found}")),
            Expected,
            bad.Count == 0 ? "" : "erp-installer check"
        );
    }

    private static bool IsWell(HostRow row) => row.Verdict is "pass" or "accepted";

    // The site runs. A host check that fails now means that the next install would stop, not that the site is down.
    private static LookVerdict VerdictOf(HostRow row) => IsWell(row) ? LookVerdict.Well : LookVerdict.Warns;
}
