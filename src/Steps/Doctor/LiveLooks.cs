using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>The looks at the containers, the site and its background jobs.</summary>
internal static class LiveLooks
{
    private const int FailedJobs = 10;

    public static IEnumerable<Look> Of(DoctorFacts facts)
    {
        var live = facts.Live;
        return live.Containers.Count == 0
            ?
            [
                new Look(
                    LookId.Nomad,
                    LookVerdict.Bad,
                    live.Missing.Count > 0 ? live.Missing[0] : "no answer",
                    "Nomad answers",
                    "erp-installer check"
                ),
                .. Site(live),
            ]
            :
            [
                new Look(LookId.Nomad, LookVerdict.Well, "answers", "Nomad answers"),
                Containers(live),
                Restarts(live, facts.Time),
                Kills(live),
                Memory(live),
                .. Site(live),
                Scheduler(live),
                Workers(live),
                .. Queues(live),
            ];
    }

    private static Look Containers(LiveStatus live)
    {
        var down = live.Containers.Where(c => c.Level == LiveLevel.Down).ToList();
        var running = live.Containers.Count(c => c is { Ends: false, State: "running" });
        var wanted = live.Containers.Count(c => !c.Ends);
        var found = $"{running} of {wanted} run";
        return Look.That(
            down.Count == 0,
            LookId.Containers,
            down.Count == 0 ? found : $"{found}; {string.Join(", ", down.Select(c => $"{c.Subject}: {c.Why}"))}",
            "all run",
            down.Count == 0 ? "" : $"erp-installer logs {down[0].Group}",
            LookVerdict.Bad
        );
    }

    // Restarts of long ago are history.
    private static Look Restarts(LiveStatus live, DateTimeOffset now)
    {
        var recent = live
            .Containers.Where(c => c is { Ends: false, Restarts: > 0 } && now - c.Started < TimeSpan.FromHours(24))
            .ToList();
        return Look.That(
            recent.Count == 0,
            LookId.Restarts,
            recent.Count == 0
                ? "none"
                : string.Join(", ", recent.Select(c => $"{c.Subject} × {c.Restarts}, started {Ago(now - c.Started)}")),
            "none in the last 24 hours",
            recent.Count == 0 ? "" : $"erp-installer logs {recent[0].Group}",
            LookVerdict.Warns
        );
    }

    private static Look Kills(LiveStatus live)
    {
        var killed = live.Containers.Where(c => c.OomKills > 0).ToList();
        return Look.That(
            killed.Count == 0,
            LookId.MemoryKills,
            killed.Count == 0 ? "none" : string.Join(", ", killed.Select(c => $"{c.Subject} × {c.OomKills}")),
            "no container ended for its memory; [resources] in the answers gives it more",
            "erp-installer plan",
            LookVerdict.Warns
        );
    }

    private static Look Memory(LiveStatus live)
    {
        var measured = live
            .Containers.Where(c => c is { MemoryMebibytes: not null, MemoryLimitMebibytes: > 0 })
            .ToList();
        if (measured.Count == 0)
        {
            return Look.Unknown(LookId.Memory, "neither Nomad nor the engine of this host says it", "below 90 %");
        }

        var most = measured.MaxBy(c => c.MemoryMebibytes / c.MemoryLimitMebibytes)!;
        var share = most.MemoryMebibytes!.Value / most.MemoryLimitMebibytes!.Value;
        return Look.That(
            share < 0.9,
            LookId.Memory,
            FormattableString.Invariant($"most: {most.Subject} {most.MemoryMebibytes:0} of ")
                + FormattableString.Invariant($"{most.MemoryLimitMebibytes:0} MiB ({share * 100:0} %)"),
            "each below 90 % of its limit; [resources] in the answers gives more",
            "erp-installer plan",
            LookVerdict.Warns
        );
    }

    private static IEnumerable<Look> Site(LiveStatus live)
    {
        var answer = live.Answer;
        var found = answer.Status is { } status
            ? FormattableString.Invariant($"{status} in {answer.Seconds * 1000:0} ms")
            : "no answer";
        yield return Judged(
            LookId.Site,
            answer,
            answer.Why.Length > 0 ? $"{found}: {answer.Why}" : found,
            $"{answer.Url} answers within 2 s",
            "erp-installer logs frontend"
        );
        yield return Judged(
            LookId.Dns,
            live.Name,
            live.Name.Why.Length > 0 ? live.Name.Why : string.Join(", ", live.Name.Addresses),
            "the site's name leads to the node",
            ""
        );
        if (live.Certificate is { } certificate)
        {
            yield return Judged(
                LookId.CertificateDays,
                certificate,
                FormattableString.Invariant($"{Math.Floor(certificate.DaysLeft):0} days, ")
                    + FormattableString.Invariant($"until {certificate.Expires:yyyy-MM-dd}"),
                "at least 14 days",
                "erp-installer renew"
            );
        }
    }

    private static Look Scheduler(LiveStatus live)
    {
        var scheduler = live.Scheduler;
        var found =
            scheduler.Why.Length > 0 ? scheduler.Why
            : scheduler.LastJobSeconds is { } seconds ? $"its last job began {Ago(TimeSpan.FromSeconds(seconds))}"
            : "on";
        return Judged(
            LookId.Scheduler,
            scheduler,
            found,
            "on, and a job began in the last 10 minutes",
            scheduler.Enabled == false ? "erp-installer bench -- scheduler resume" : "erp-installer logs scheduler"
        );
    }

    private static Look Workers(LiveStatus live) =>
        Judged(
            LookId.Workers,
            live.Workers,
            live.Workers.Count is { } count
                ? FormattableString.Invariant($"{count} of {live.Workers.Wanted}, {live.Workers.Busy ?? 0} busy")
                : live.Workers.Why,
            "as many as the answers want",
            "erp-installer logs queue-short"
        );

    private static IEnumerable<Look> Queues(LiveStatus live)
    {
        if (live.Queues.Count == 0)
        {
            return
            [
                Look.Unknown(LookId.QueueAge, "cannot be read", "no job waits long", "erp-installer logs redis-queue"),
            ];
        }

        var oldest = live.Queues.MaxBy(q => q.OldestSeconds ?? 0)!;
        var late = live.Queues.FirstOrDefault(q => q.Level > LiveLevel.Well && q.Abandoned == 0);
        var stuck = live.Queues.Sum(q => q.Abandoned);
        var failed = live.Queues.Sum(q => q.Failed);
        return
        [
            Look.That(
                late is null,
                LookId.QueueAge,
                FormattableString.Invariant($"{live.Queues.Sum(q => q.Length)} jobs wait")
                    + (oldest.OldestSeconds is { } age ? $", the oldest for {Ago(TimeSpan.FromSeconds(age), "")}" : ""),
                "no job waits for 15 minutes (long: 2 hours), none of the queues has 500",
                "erp-installer logs queue-long",
                late?.Level == LiveLevel.Down ? LookVerdict.Bad : LookVerdict.Warns
            ),
            Look.That(
                stuck == 0,
                LookId.JobsStuck,
                $"{stuck} jobs have lost their worker",
                "none",
                "erp-installer logs queue-long",
                LookVerdict.Warns
            ),
            Look.That(
                failed < FailedJobs,
                LookId.JobsFailed,
                $"{failed} in the last seven days",
                $"fewer than {FailedJobs}",
                "erp-installer logs queue-long",
                LookVerdict.Warns
            ),
        ];
    }

    /// <summary>A value that the live status judged.</summary>
    internal static Look Judged(string id, LiveValue value, string found, string expected, string hint) =>
        new(id, VerdictOf(value.Level), found, expected, value.Level == LiveLevel.Well ? "" : hint);

    /// <summary>The verdict for a level of the live status.</summary>
    internal static LookVerdict VerdictOf(LiveLevel level) =>
        level switch
        {
            LiveLevel.Well => LookVerdict.Well,
            LiveLevel.Unknown => LookVerdict.Unknown,
            LiveLevel.Warns => LookVerdict.Warns,
            _ => LookVerdict.Bad,
        };

    internal static string Ago(TimeSpan? time, string ago = " ago") =>
        time is { } passed ? Duration.Text(Math.Max(0, passed.TotalSeconds)) + ago : "at an unknown time";
}
