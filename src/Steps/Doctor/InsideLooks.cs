using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Doctor;

/// <summary>The looks at MariaDB, Redis, errors, mail and the site's configuration.</summary>
internal static class InsideLooks
{
    private const double FullShare = 0.8;
    private const double PoolHits = 0.99;
    private const long FewRequests = 1_000_000;
    private const long LongQuery = 60;
    private const double SlowPerDay = 100;
    private const long ErrorsPerDay = 50;
    private const long LargeLogs = 2_000_000_000;

    public static IEnumerable<Look> Of(DoctorFacts facts)
    {
        var inside = facts.Inside;
        return
        [
            Known(LookId.SiteClosed, inside.Maintenance, "switches", "open to its users", inside, isClosed =>
                Look.That(
                    !isClosed,
                    LookId.SiteClosed,
                    isClosed ? "maintenance mode is on: every page is the maintenance page" : "open",
                    "open to its users",
                    WayToOpen(facts.Runs),
                    LookVerdict.Bad
                )
            ),
            EncryptionKey(inside),
            .. Database(inside),
            .. Stores(inside),
            Errors(inside),
            Mail(inside),
            Apps(inside),
            Logs(facts),
        ];
    }

    // A run that did not end keeps the site closed: its data may be half replaced or half migrated.
    private static string WayToOpen(RunFacts runs) =>
        runs.ContinuedBy
        ?? (runs.Failed is null ? "erp-installer bench -- set-maintenance-mode off" : "erp-installer install");

    private static Look Known<T>(
        string id,
        T? value,
        string part,
        string expected,
        InsideFacts inside,
        Func<T, Look> judge
    )
        where T : struct => value is { } known ? judge(known) : Look.Unknown(id, inside.WhyNot(part), expected);

    // Frappe makes one at the first stored password. Another key cannot decrypt those that are stored.
    private static Look EncryptionKey(InsideFacts inside)
    {
        const string Expected = "in site_config.json, as soon as a password is stored";
        return inside switch
        {
            { HasEncryptionKey: null } => Look.Unknown(LookId.EncryptionKey, inside.WhyNot("switches"), Expected),
            { HasEncryptionKey: true } => new Look(LookId.EncryptionKey, LookVerdict.Well, "there", Expected),
            { StoredPasswords: null } => Look.Unknown(
                LookId.EncryptionKey,
                $"missing, and the stored passwords are not known: {inside.WhyNot("passwords")}",
                Expected
            ),
            { StoredPasswords: 0 } => new Look(
                LookId.EncryptionKey,
                LookVerdict.Well,
                "not needed yet: no password is stored",
                Expected
            ),
            _ => new Look(
                LookId.EncryptionKey,
                LookVerdict.Bad,
                $"missing; {inside.StoredPasswords} passwords are stored",
                $"{Expected}; the configuration of a backup has it",
                "erp-installer backups"
            ),
        };
    }

    private static IEnumerable<Look> Database(InsideFacts inside)
    {
        if (inside.Database is not { } db)
        {
            return
            [
                Look.Unknown(
                    LookId.Database,
                    inside.WhyNot("database"),
                    "MariaDB answers",
                    "erp-installer logs database"
                ),
            ];
        }

        var hits = db.PoolRequests == 0 ? 1 : 1 - ((double)db.PoolReads / db.PoolRequests);
        var days = Math.Max(db.UptimeSeconds / 86400.0, 1);
        return
        [
            Look.That(
                db.MostConnections < db.MaxConnections * FullShare,
                LookId.Database,
                $"{db.Connections} connections, most {db.MostConnections} of {db.MaxConnections}",
                "at most 80 % of its connections at one time",
                "erp-installer logs database",
                db.MostConnections >= db.MaxConnections ? LookVerdict.Bad : LookVerdict.Warns
            ),
            Look.That(
                hits >= PoolHits || db.PoolRequests < FewRequests,
                LookId.DatabaseMemory,
                FormattableString.Invariant($"{hits * 100:0.0} % of the pages were in memory; ")
                    + $"buffer pool {ByteSize.Text(db.PoolBytes)}, data {ByteSize.Text(db.DataBytes)}",
                "99 %; [resources.database] in the answers gives it more memory",
                "erp-installer plan",
                LookVerdict.Warns
            ),
            Look.That(
                db.LongestSeconds < LongQuery && db.SlowQueries / days < SlowPerDay,
                LookId.DatabaseSlow,
                $"{db.SlowQueries} slow queries in {Duration.Text(db.UptimeSeconds)}; the longest one now runs for "
                    + $"{db.LongestSeconds} s",
                "fewer than 100 a day, none for a minute",
                "erp-installer logs database",
                LookVerdict.Warns
            ),
        ];
    }

    private static IEnumerable<Look> Stores(InsideFacts inside)
    {
        if (inside.Stores is not { Count: > 0 } stores)
        {
            return
            [
                Look.Unknown(
                    LookId.Redis,
                    inside.WhyNot("stores"),
                    "each Redis answers",
                    "erp-installer logs redis-queue"
                ),
            ];
        }

        // A cache may be full: it forgets the oldest. A queue that is full refuses jobs.
        var full = stores.Where(s => s.MaxBytes > 0 && s.Name != "redis-cache" && s.UsedBytes > s.MaxBytes * FullShare);
        var lost = stores.Where(s => s.Name != "redis-cache" && s.Evicted > 0).ToList();
        return
        [
            Look.That(
                !full.Any(),
                LookId.Redis,
                string.Join(", ", stores.Select(Used)),
                $"queues below 80 % of their memory; [resources.{Key(full.FirstOrDefault() ?? stores[0])}] gives more",
                "erp-installer plan",
                LookVerdict.Warns
            ),
            Look.That(
                lost.Count == 0,
                LookId.RedisEvictions,
                string.Join(", ", stores.Select(s => $"{s.Name} {s.Evicted}")),
                "no job of a queue is removed for room",
                "erp-installer logs redis-queue",
                LookVerdict.Bad
            ),
        ];
    }

    private static string Key(StoreFacts store) => store.Name.Replace('-', '_');

    private static string Used(StoreFacts store) =>
        $"{store.Name} {ByteSize.Text(store.UsedBytes)}"
        + (store.MaxBytes == 0 ? "" : $" of {ByteSize.Text(store.MaxBytes)}");

    private static Look Errors(InsideFacts inside) =>
        Known(LookId.Errors, inside.ErrorCount, "error_log", "fewer than 50 in 24 hours", inside, count =>
            Look.That(
                count < ErrorsPerDay,
                LookId.Errors,
                $"{count} in 24 hours"
                    + (
                        inside.ErrorKinds.Count == 0
                            ? ""
                            : $": {string.Join("; ", inside.ErrorKinds.Select(k => $"{k.Kind} × {k.Count}"))}"
                    ),
                "fewer than 50 in 24 hours",
                "erp-installer logs backend",
                LookVerdict.Warns
            )
        );

    private static Look Mail(InsideFacts inside) =>
        Known(LookId.Mail, inside.MailWaiting, "mail", "no mail waits for an hour", inside, waiting =>
            Look.That(
                waiting == 0 && inside.MailFailed is null or 0,
                LookId.Mail,
                $"{waiting} wait for more than an hour, {inside.MailFailed ?? 0} were given up in 24 hours",
                "no mail waits for an hour, none was given up",
                "erp-installer bench -- execute frappe.email.queue.flush",
                LookVerdict.Warns
            )
        );

    private static Look Apps(InsideFacts inside)
    {
        const string Expected = "the database was migrated for the apps of the image";
        if (inside is not { DatabaseApps: { } database, ImageApps: { } image })
        {
            return Look.Unknown(LookId.Apps, inside.WhyNot(inside.ImageApps is null ? "apps" : "installed"), Expected);
        }

        var other = database
            .Where(a => image.GetValueOrDefault(a.Key) != a.Value)
            .Select(a => $"{a.Key} {a.Value} in the database, {image.GetValueOrDefault(a.Key, "none")} in the image")
            .ToList();
        return Look.That(
            other.Count == 0,
            LookId.Apps,
            string.Join(", ", other.Count == 0 ? database.Select(a => $"{a.Key} {a.Value}") : other),
            Expected,
            "erp-installer install",
            LookVerdict.Bad
        );
    }

    private static Look Logs(DoctorFacts facts)
    {
        var bytes = (facts.Inside.LogBytes ?? 0) + facts.Runs.LogBytes;
        return Look.That(
            bytes < LargeLogs,
            LookId.Logs,
            $"site {(facts.Inside.LogBytes is { } known ? ByteSize.Text(known) : "not known")}, installer "
                + ByteSize.Text(facts.Runs.LogBytes),
            "below 2 GB; old files in sites/*/logs can be removed",
            "erp-installer shell backend",
            LookVerdict.Warns
        );
    }
}
