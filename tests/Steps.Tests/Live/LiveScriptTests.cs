using System.Text.Json;
using ErpInstaller.Core.Assets;
using ErpInstaller.Doctor;
using ErpInstaller.Live;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.StandIns;

namespace ErpInstaller.Tests.Live;

/// <summary><c>site_look.py</c> in a container of the image, with a real MariaDB and a real Redis.</summary>
public sealed class LiveScriptTests : IClassFixture<SiteBench>, IDisposable
{
    private const string Site = "live.example.com";

    private readonly SiteBench _bench;
    private readonly DockerEngine _engine;

    public LiveScriptTests(SiteBench bench)
    {
        _engine = new DockerEngine(DockerEnvironment.Require().Endpoint);
        _bench = bench;
    }

    [Fact]
    public async Task It_reads_queues_workers_scheduler_backup_and_disk()
    {
        await CreateSiteAsync();
        await RedisAsync(
            """
            now = datetime.datetime.now(datetime.timezone.utc)
            ago = lambda seconds: (now - datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            for id, age in (("first", 700), ("second", 5)):
                r.rpush(f"rq:queue:{bench}:short", id)
                r.hset(f"rq:job:{id}", "enqueued_at", ago(age))
            r.zadd(f"rq:wip:{bench}:long", {"running": now.timestamp() + 99, "abandoned": now.timestamp() - 99})
            r.zadd(f"rq:failed:{bench}:default", {"one": 1, "two": 2, "three": 3})
            for name, beat, state in (("a", 100, "busy"), ("b", 400, "idle"), ("gone", 1000, "idle")):
                r.sadd("rq:workers", f"rq:worker:{name}")
                r.hset(f"rq:worker:{name}", mapping={"last_heartbeat": ago(beat), "state": state})
            """
        );
        await SqlAsync(
            "REPLACE INTO tabSingles VALUES ('System Settings', 'enable_scheduler', '1'), "
                + "('System Settings', 'time_zone', 'America/New_York'); "
                + "REPLACE INTO `tabScheduled Job Type` VALUES ('x', CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', "
                + $"'{OffsetOfNewYork()}') - INTERVAL 130 SECOND)"
        );
        await _bench.RunAsync(
            $$"""echo '{"id": "4f3c2b1a", "time": 1795900000, "by": "schedule", "bytes": 7}' """
                + $"> sites/{Site}/locks/erp-installer-backup.last"
        );

        var inside = await ReadAsync();

        Assert.Empty(inside.Errors);
        var queues = inside.Queues!.ToDictionary(q => q.Name);
        Assert.Equal((2, 0, 0), (queues["short"].Length, queues["short"].Running, queues["short"].Failed));
        Assert.InRange(queues["short"].OldestSeconds!.Value, 700, 730);
        Assert.Equal((0, 2, 1), (queues["long"].Length, queues["long"].Running, queues["long"].Abandoned));
        Assert.Equal(3, queues["default"].Failed);
        Assert.Null(queues["default"].OldestSeconds);
        Assert.Equal(new InsideWorkers(2, 1), inside.Workers);
        Assert.InRange(inside.Scheduler!.Seconds!.Value, 130, 160);
        Assert.Equal(new InsideBackup("4f3c2b1a", 1_795_900_000, "schedule"), inside.Backup);
        Assert.InRange(inside.Disk!.Free, 1, inside.Disk.Size);
    }

    [Theory]
    [InlineData("maintenance_mode")]
    [InlineData("pause_scheduler")]
    public async Task It_names_the_key_that_switches_the_scheduler_off(string key)
    {
        await CreateSiteAsync();
        await ConfigureAsync($"\"{key}\": 1");

        Assert.Equal(new InsideScheduler(key, null), (await ReadAsync()).Scheduler);
    }

    [Fact]
    public async Task Without_a_database_or_a_Redis_it_tells_what_it_can_read_and_no_secret()
    {
        await CreateSiteAsync();
        await ConfigureAsync("\"db_host\": \"db\", \"db_port\": 1, \"redis_queue\": \"redis://:canary-7d1@redis:2\"");

        var ran = await RunAsync(Inside.Parts);

        Assert.DoesNotContain("canary-7d1", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("db_password", ran.Output, StringComparison.Ordinal);
        var inside = JsonSerializer.Deserialize(ran.Output, InsideJson.Default.Inside)!;
        Assert.Equal(["queues", "scheduler"], inside.Errors.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("Connection refused", inside.Errors["queues"], StringComparison.Ordinal);
        Assert.NotNull(inside.Disk);
    }

    [Fact]
    public async Task It_reads_the_database_Redis_errors_mail_passwords_and_apps()
    {
        await CreateSiteAsync();
        await ConfigureAsync("\"encryption_key\": \"a2V5\", \"maintenance_mode\": 1");
        await SqlAsync(
            """
            CREATE TABLE `tabError Log` (method varchar(140), creation datetime(6));
            CREATE TABLE `tabEmail Queue` (status varchar(140), creation datetime(6), modified datetime(6));
            SET @now = CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', '+05:30');
            INSERT INTO `tabError Log` VALUES ('mail', @now), ('mail', @now), ('pdf', @now),
              ('old', @now - INTERVAL 25 HOUR);
            INSERT INTO `tabEmail Queue` VALUES ('Not Sent', @now - INTERVAL 2 HOUR, @now), ('Not Sent', @now, @now),
              ('Error', @now, @now), ('Error', @now, @now - INTERVAL 2 DAY), ('Sent', @now, @now);
            INSERT INTO __Auth (doctype, name, fieldname, password, encrypted) VALUES ('X', 'x', 'x', 'x', 1);
            """
        );

        var ran = await RunAsync(InsideFacts.Parts);
        var inside = InsideReader.Parse(ran, DoctorJson.Default.InsideFacts);

        Assert.Null(inside.Fault);
        Assert.Empty(inside.Errors);
        Assert.Equal((true, true), (inside.Maintenance, inside.HasEncryptionKey));
        Assert.InRange(inside.Database!.Connections, 1, inside.Database.MaxConnections);
        Assert.True(inside.Database is { DataBytes: > 0, PoolBytes: > 0, UptimeSeconds: > 0 }, ran.Output);
        Assert.Contains(inside.Stores!, s => s is { Name: "redis-queue", UsedBytes: > 0, Policy.Length: > 0 });
        Assert.Equal(3, inside.ErrorCount);
        Assert.Equal([new ErrorKind("mail", 2), new ErrorKind("pdf", 1)], inside.ErrorKinds);
        Assert.Equal((1, 1, 1), (inside.MailWaiting, inside.MailFailed, inside.StoredPasswords));
        Assert.Contains("frappe", inside.DatabaseApps!.Keys);
        Assert.Equal(inside.ImageApps!["frappe"], inside.DatabaseApps["frappe"]);
        Assert.NotNull(inside.LogBytes);
    }

    [Fact]
    public async Task The_engine_knows_what_a_container_has_used()
    {
        var before = (await _engine.FindUsageAsync(_bench.Container, TestContext.Current.CancellationToken))!;
        await _bench.RunAsync("timeout 1 sh -c 'while :; do :; done'");
        var after = (await _engine.FindUsageAsync(_bench.Container, TestContext.Current.CancellationToken))!;

        Assert.True(after.Cpu - before.Cpu > TimeSpan.FromMilliseconds(50), $"{before} {after}");
        Assert.InRange(after.MemoryBytes, 1, 1L << 32);
    }

    [Fact]
    public async Task The_container_of_MariaDB_says_how_much_room_its_volume_has()
    {
        var ran = await _engine.ExecuteAsync(
            _bench.Database,
            DatabaseDiskReader.Command,
            TestContext.Current.CancellationToken
        );

        var disk = DatabaseDiskReader.Parse(ran!).Disk;
        Assert.NotNull(disk);
        Assert.InRange(disk.FreeBytes, 1, disk.SizeBytes);
    }

    [Fact]
    public async Task A_container_that_does_not_exist_has_no_use_and_runs_no_command()
    {
        Assert.Null(await _engine.FindUsageAsync("backend-gone", TestContext.Current.CancellationToken));
        Assert.Null(await _engine.ExecuteAsync("backend-gone", ["true"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_command_in_a_container_has_its_exit_code()
    {
        var ran = await _engine.ExecuteAsync(
            _bench.Container,
            ["sh", "-c", "echo out; echo err >&2; exit 7"],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(7, ran!.ExitCode);
        Assert.Equal(["err", "out"], ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    public void Dispose() => _engine.Dispose();

    private async Task CreateSiteAsync()
    {
        (
            await _bench.RunAsync(
                $"""
                rm -rf sites/{Site}
                bench new-site {Site} --force --mariadb-user-host-login-scope=% --db-root-username=root \
                  --db-root-password=secret --admin-password=admin
                """
            )
        ).Succeeded();
        await RedisAsync("r.flushall()");
    }

    // Frappe writes the file in the same way: one key after the other.
    private async Task ConfigureAsync(string keys) =>
        (await _bench.RunAsync($$"""sed -i '0,/{/s|{|{ {{keys}},|' sites/{{Site}}/site_config.json""")).Succeeded();

    private async Task RedisAsync(string python) =>
        (
            await _bench.RunAsync(
                "cat <<'END' | python3 -\n"
                    + "import datetime, redis\n"
                    + "bench, r = 'home-frappe-frappe-bench', redis.Redis('redis')\n"
                    + $"{python}\nEND"
            )
        ).Succeeded();

    private async Task SqlAsync(string statement) =>
        (
            await _bench.RunAsync(
                $"""
                db=$(jq -r .db_name sites/{Site}/site_config.json)
                cat <<'END' | MYSQL_PWD=secret mariadb --protocol=tcp --host=db --user=root "$db"
                {statement}
                END
                """
            )
        ).Succeeded();

    private async Task<Inside> ReadAsync()
    {
        var ran = await RunAsync(Inside.Parts);
        Assert.True(ran.ExitCode == 0, ran.Output);
        return JsonSerializer.Deserialize(ran.Output, InsideJson.Default.Inside)!;
    }

    private async Task<ContainerRun> RunAsync(string[] parts) =>
        (
            await _engine.ExecuteAsync(
                _bench.Container,
                ["python3", "-I", "-c", new AssetSource().Read("deployment/site_look.py"), Site, .. parts],
                TestContext.Current.CancellationToken
            )
        )!;

    private static string OffsetOfNewYork()
    {
        var offset = TimeZoneInfo.FindSystemTimeZoneById("America/New_York").GetUtcOffset(DateTimeOffset.UtcNow);
        return FormattableString.Invariant($"-{offset:hh\\:mm}");
    }
}
