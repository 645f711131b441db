using System.Text.Json;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>restore.py on a site, with a real MariaDB and a real restic.</summary>
[Collection(InsideSite.Collection)]
public sealed class RestoreScriptTests : IAsyncLifetime
{
    private const string Site = InsideSite.Site;
    private const string Home = $"sites/{Site}";
    private const string Foreign = "/home/frappe/frappe-bench/sites/foreign";
    private const string Key = "Ik0yd3JvbmdfYnV0X3ZhbGlkX2Zlcm5ldF9rZXlfMDA=";

    private static readonly string[] Markers =
    [
        "restore",
        "restoring",
        "restore-mixed",
        "maintenance",
        "changing",
        "programs-before.sql",
    ];

    private readonly InsideSite _site;
    private readonly string _repository = $"/backups/{Guid.NewGuid():N}";

    public RestoreScriptTests(InsideSite site)
    {
        DockerEnvironment.Require();
        _site = site;
    }

    public async ValueTask InitializeAsync()
    {
        await _site.BashAsync($"cd {Home}/.installer; rm -rf {string.Join(' ', Markers)}");
        await _site.SqlAsync(
            "DROP VIEW IF EXISTS items; DROP TABLE IF EXISTS tabItem, tabLog; DROP SEQUENCE IF EXISTS numbers;"
                + "CREATE TABLE tabItem (name varchar(140) PRIMARY KEY, note text);"
                + "CREATE TABLE tabLog (note text) ENGINE=MyISAM; CREATE SEQUENCE numbers;"
                + "CREATE TRIGGER noted AFTER INSERT ON tabItem FOR EACH ROW INSERT INTO tabLog VALUES ('seen');"
                + "CREATE VIEW items AS SELECT name FROM tabItem;"
                + "INSERT INTO tabItem VALUES ('one', '(1),'), ('two', 'a''b\\\\\\\\'), ('three', NULL);"
                + "REPLACE INTO tabSingles VALUES ('System Settings', 'enable_scheduler', '1')"
        );
        await _site.BashAsync($"rm -rf {Home}/p*/files/*; echo letter > {Home}/private/files/letter.txt");
        await _site.BashAsync($"mkdir {Home}/public/files/sub; echo logo > {Home}/public/files/sub/logo.txt");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.SqlAsync(
            "DROP VIEW IF EXISTS items; DROP TABLE IF EXISTS tabItem, tabLog; DROP SEQUENCE IF EXISTS numbers"
        );
        await _site.BashAsync($"rm -rf {Foreign} {Home}/p*/files/*");
        Assert.Equal("200", await StatusAsync());
    }

    [Fact]
    public async Task A_restore_brings_back_rows_files_and_keys_exactly_and_keeps_what_belongs_to_the_installation()
    {
        await KeepPasswordAsync();
        var before = await ContentAsync();
        var config = await ConfigAsync();
        var id = await BackUpAsync();
        await SpoilAsync();
        await _site.SqlAsync($"CREATE USER '{await DatabaseAsync()}'@'10.9.9.9'");

        var restored = await _site.RestoreAsync("restore", From(id));

        Assert.Equal("restored", restored.End);
        Assert.DoesNotContain(restored.Lines, l => l.Kind == "warning");
        Assert.Equal(before, await ContentAsync());
        Assert.Equal(config, await ConfigAsync());
        Assert.Equal("%", await _site.SqlAsync("SELECT Host FROM mysql.user WHERE User = DATABASE()"));
        Assert.Equal(
            "1",
            await _site.SqlAsync(
                "SELECT COUNT(*) FROM tabUser WHERE name = 'Administrator' "
                    + "AND password_hash = SHA2('AdminSecret0815', 256)"
            )
        );
        Assert.Equal("0", (await _site.RedisAsync("EXISTS", "of-the-spoiled")).Trim());
        await _site.SqlAsync("INSERT INTO tabItem VALUES ('four', '')");
        Assert.Equal("4", await _site.SqlAsync("SELECT COUNT(*) FROM tabLog"));
        Assert.Equal("", await LeftoversAsync());
        Assert.Equal(0, (await _site.VerifyAsync()).ExitCode);
    }

    [Fact]
    public async Task A_preview_describes_the_backup_and_the_data_it_would_replace_and_changes_nothing()
    {
        var id = await BackUpAsync();
        var before = await ContentAsync();

        var looked = await _site.RestoreAsync("look", From("latest"));

        var found = looked.Lines[^1];
        Assert.Equal(("found", id, Site), (found.Kind, found.Word("source"), found.Word("site")));
        Assert.Equal(2, found.Number("files"));
        Assert.InRange(found.Number("rows"), 10, 100);
        using var line = JsonDocument.Parse(found.Text);
        Assert.Equal("15.75.1", line.RootElement.GetProperty("apps").GetProperty("erpnext").GetString());
        Assert.False(line.RootElement.GetProperty("migrates").GetBoolean());
        Assert.Equal(2, line.RootElement.GetProperty("present").GetProperty("files").GetInt32());
        Assert.Equal(before, await ContentAsync());
        Assert.Equal("", await LeftoversAsync());
    }

    [Theory]
    [InlineData("head -c 900", "backup-damaged")]
    [InlineData("zcat | head -n 40 | gzip", "backup-damaged")]
    [InlineData("zcat | sed s/15.78.1/99.0.0/ | gzip", "backup-newer")]
    [InlineData("zcat | sed s/erpnext/telephony/g | gzip", "app-missing")]
    [InlineData("zcat | sed s/tabDocType/tabOther/g | gzip", "not-a-dump")]
    [InlineData("zcat | sed '2i-- Partial Backup' | gzip", "dump-partial")]
    [InlineData("printf '\\x8c\\x0d\\x04'; cat", "dump-encrypted")]
    [InlineData("cat >/dev/null; tar cz -C .. foreign", "not-a-dump")]
    [InlineData("zcat | sed 's/PRIMARY KEY (`name`)/& COLLATE no_such_collation/' | gzip", "dump-refused")]
    [InlineData("zcat | sed '30iDROP DATABASE mysql;' | gzip", "dump-refused")]
    public async Task A_dump_that_cannot_be_restored_is_refused_before_anything_is_replaced(string change, string error)
    {
        await BackUpElsewhereAsync();
        (await _site.BashAsync($"cd {Foreign}; cat db.sql.gz | ({change}) > wrong.sql.gz")).Succeeded();
        var before = await ContentAsync();

        var run = await _site.RestoreAsync("restore", [$"DATABASE={Foreign}/wrong.sql.gz"]);

        Assert.Equal((1, error), (run.ExitCode, run.End));
        Assert.DoesNotContain("letter", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await ContentAsync());
        Assert.Equal("200", await StatusAsync());
    }

    [Fact]
    public async Task Files_of_another_installation_are_restored_with_their_keys_and_wait_for_the_migration()
    {
        await KeepPasswordAsync();
        await BackUpElsewhereAsync();
        var before = await ContentAsync();
        await SpoilAsync();

        var restored = await _site.RestoreAsync("restore", All);

        Assert.Equal("restored", restored.End);
        Assert.Equal(before, await ContentAsync());
        Assert.Equal("503", await StatusAsync());
        Assert.Contains("Migrating", (await _site.InitAsync()).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("200", await StatusAsync());
    }

    [Theory]
    [InlineData("PUBLIC=$F/private.tgz", "files-swapped")]
    [InlineData("PRIVATE=$F/public.tgz", "files-swapped")]
    [InlineData("PRIVATE=$F/db.sql.gz", "files-damaged")]
    [InlineData("CONFIG=$F/db.sql.gz", "file-wrong")]
    [InlineData("DATABASE=$F/none.sql.gz", "file-missing")]
    public async Task Files_in_the_wrong_place_are_named(string change, string error)
    {
        await BackUpElsewhereAsync();
        var before = await ContentAsync();

        var run = await _site.RestoreAsync(
            "restore",
            [.. All, change.Replace("$F", Foreign, StringComparison.Ordinal)]
        );

        Assert.Equal((1, error), (run.ExitCode, run.End));
        Assert.Equal(before, await ContentAsync());
    }

    [Fact]
    public async Task Stored_passwords_that_the_key_does_not_decrypt_are_reported()
    {
        await KeepPasswordAsync();
        await BackUpElsewhereAsync();
        await _site.BashAsync($"sed -i s/{Key[..8]}/AAAAAAAA/ {Foreign}/config.json");

        var prepared = await _site.RestoreAsync("prepare", All);

        Assert.Equal("prepared", prepared.End);
        Assert.Contains("1 of 1 stored passwords", prepared.Lines.Single(l => l.Kind == "warning").Word("text"));
        Assert.Equal("200", await StatusAsync());
    }

    [Fact]
    public async Task A_damaged_backup_is_named_and_the_site_is_as_it_was()
    {
        var id = await BackUpAsync();
        await _site.InBackupsAsync(
            $"for f in {_repository}/data/*/*; do chmod +w $f; printf x | dd of=$f bs=1 seek=9 conv=notrunc; done"
        );

        Assert.Equal("backup-damaged", (await _site.RestoreAsync("restore", From(id))).End);
        Assert.Equal("200", await StatusAsync());
    }

    [Theory]
    [InlineData("compare", true)]
    [InlineData("unpack_files", true)]
    [InlineData("begin", true)]
    [InlineData("exchange_tables", false)]
    [InlineData("make_programs", false)]
    [InlineData("exchange_files", false)]
    [InlineData("write_durably", true)]
    [InlineData("take_over_keys", false)]
    [InlineData("empty_redis", false)]
    [InlineData("mark_apps", false)]
    [InlineData("clean_up", false)]
    [InlineData("end", false)]
    public async Task A_half_restored_site_is_never_served_and_a_killed_restore_continues(string step, bool isServed)
    {
        var before = await ContentAsync();
        var id = await BackUpAsync();
        await SpoilAsync();
        var spoiled = await ContentAsync();

        var killed = await _site.RestoreAsync("restore", From(id), killedAt: step);

        Assert.Equal(137, killed.ExitCode);
        Assert.Equal(isServed ? "200" : "503", await StatusAsync());
        if (isServed)
        {
            Assert.Equal(spoiled, await ContentAsync());
        }
        else
        {
            Assert.Equal(1, (await _site.InitAsync()).ExitCode);
            Assert.Equal("restore-unfinished", (await _site.BackupAsync("backup", _repository)).End);
        }

        Assert.Equal("restored", (await _site.RestoreAsync("restore", From(id))).End);
        Assert.Equal(before, await ContentAsync());
        Assert.Equal("", await LeftoversAsync());
        Assert.Equal("200", await StatusAsync());
    }

    [Fact]
    public async Task A_restore_that_fails_after_the_exchange_says_so_whatever_went_wrong_and_continues()
    {
        var before = await ContentAsync();
        var id = await BackUpAsync();
        await SpoilAsync();

        var failed = await _site.RestoreAsync("restore", [.. From(id), "FRAPPE_REDIS_CACHE=redis://127.0.0.1:1"]);

        Assert.Equal((1, "restore-failed"), (failed.ExitCode, failed.End));
        Assert.True(failed.Lines[^1].Is("restoring"));
        Assert.Contains("ConnectionError", failed.Lines[^1].Word("message"), StringComparison.Ordinal);
        Assert.Equal("503", await StatusAsync());
        Assert.Equal("restored", (await _site.RestoreAsync("restore", From(id))).End);
        Assert.Equal((before, ""), (await ContentAsync(), await LeftoversAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_that_gives_up_after_a_killed_one_leaves_the_site_with_its_views(bool ofOtherSource)
    {
        var before = await ContentAsync();
        var (id, other) = (await BackUpAsync(), ofOtherSource ? await BackUpAsync() : null);
        await SpoilAsync();
        var spoiled = await ContentAsync();
        var killed = await _site.RestoreAsync("restore", From(id), killedAt: "Database.exchange");

        var failed = await _site.RestoreAsync("restore", From(other ?? id), failedAt: "Database.exchange");

        Assert.Equal((137, "restore-failed"), (killed.ExitCode, failed.End));
        Assert.False(failed.Lines[^1].Is("restoring"));
        Assert.Equal((spoiled, "200"), (await ContentAsync(), await StatusAsync()));
        Assert.Equal("restored", (await _site.RestoreAsync("restore", From(id))).End);
        Assert.Equal((before, ""), (await ContentAsync(), await LeftoversAsync()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("compare")]
    public async Task A_site_that_a_killed_restore_mixed_stays_closed_when_another_gives_up(string? killedAt)
    {
        var before = await ContentAsync();
        var (id, other) = (await BackUpAsync(), await BackUpAsync());
        await SpoilAsync();
        Assert.Equal(137, (await _site.RestoreAsync("restore", From(id), killedAt: "exchange_files")).ExitCode);
        if (killedAt is not null)
        {
            Assert.Equal(137, (await _site.RestoreAsync("prepare", From(other), killedAt: killedAt)).ExitCode);
        }

        var failed = await _site.RestoreAsync("restore", From(other), failedAt: "Database.exchange");
        var again = await _site.RestoreAsync("restore", From(id), failedAt: "Database.exchange");

        Assert.Equal(("restore-failed", "restore-failed"), (failed.End, again.End));
        Assert.True(failed.Lines[^1].Is("restoring") && again.Lines[^1].Is("restoring"));
        Assert.Equal("503", await StatusAsync());
        Assert.Equal("restored", (await _site.RestoreAsync("restore", From(other))).End);
        Assert.Equal((before, "", "200"), (await ContentAsync(), await LeftoversAsync(), await StatusAsync()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(0.6)]
    public async Task A_database_killed_while_it_exchanges_the_tables_has_those_of_one_site(double seconds)
    {
        await _site.SqlAsync(OfMany(n => $"CREATE TABLE IF NOT EXISTS tabMany{n} (name int)"));
        var before = await ContentAsync();
        var id = await BackUpAsync();
        await SpoilAsync();
        var (spoiled, restored) = (await ContentAsync(), TablesOf(before));

        var restore = _site.RestoreAsync("restore", From(id));
        await _site.KillDatabaseDuringAsync("RENAME TABLE", seconds);
        await restore;

        Assert.Contains(TablesOf(await ContentAsync()), (string[])[TablesOf(spoiled), restored]);
        Assert.Equal("503", await StatusAsync());
        Assert.Equal("restored", (await _site.RestoreAsync("restore", From(id))).End);
        Assert.Equal(before, await ContentAsync());
        Assert.Equal("", await LeftoversAsync());
        await _site.SqlAsync(OfMany(n => $"DROP TABLE tabMany{n}"));
    }

    [Fact]
    public async Task A_disk_that_is_too_small_for_the_files_is_told_before_anything_is_replaced()
    {
        await BackUpElsewhereAsync();
        // A sparse file: the archive stays small.
        (
            await _site.BashAsync(
                $"cd {Foreign} && mkdir large && tar xzf private.tgz -C large && cd large && "
                    + "truncate -s 9T \"$(dirname \"$(find . -name letter.txt)\")/video.mp4\" && "
                    + "tar czSf ../private.tgz ."
            )
        ).Succeeded();
        var before = await ContentAsync();

        var run = await _site.RestoreAsync("restore", All);

        Assert.Equal((1, "disk-full"), (run.ExitCode, run.End));
        Assert.Matches("^9[0-9]{6} MB are needed and [0-9]+ MB are free$", run.Lines[^1].Word("message"));
        Assert.Equal(before, await ContentAsync());
        Assert.Equal(("", "200"), (await LeftoversAsync(), await StatusAsync()));
    }

    private static string OfMany(Func<int, string> statement) =>
        string.Join(';', Enumerable.Range(1, 400).Select(statement));

    // Without the view, which is dropped before the exchange and made again after it.
    private static string TablesOf(string content) =>
        content.Split('\n')[0].Replace("items,", "", StringComparison.Ordinal);

    private string[] From(string id) => [$"REPOSITORY={_repository}", $"SNAPSHOT={id}"];

    private static string[] All =>
        [
            $"DATABASE={Foreign}/db.sql.gz",
            $"PUBLIC={Foreign}/public.tgz",
            $"PRIVATE={Foreign}/private.tgz",
            $"CONFIG={Foreign}/config.json",
        ];

    private async Task<string> BackUpAsync()
    {
        var run = await _site.BackupAsync("backup", _repository);
        Assert.Equal("done", run.End);
        return run.Lines[^1].Word("snapshot");
    }

    // The name on the other installation; the copy is renamed.
    private async Task BackUpElsewhereAsync() =>
        (
            await _site.BashAsync(
                $"rm -rf {Foreign}; bench --site {Site} backup --with-files --compress --backup-path {Foreign} && "
                    + $"cd {Foreign} && mv *-database.sql.gz db.sql.gz && mv *-private-files.tgz private.tgz && "
                    + "mv *-files.tgz public.tgz && mv *.json config.json"
            )
        ).Succeeded();

    // A password that Frappe encrypts with the site's key.
    private async Task KeepPasswordAsync()
    {
        await _site.BashAsync($"bench --site {Site} set-config encryption_key {Key}");
        var token = (
            await _site.BashAsync(
                $"env/bin/python -c \"from cryptography.fernet import Fernet; "
                    + $"print(Fernet('{Key}').encrypt(b'mail').decode())\""
            )
        ).Succeeded();
        await _site.SqlAsync($"REPLACE INTO __Auth VALUES ('Email Account', 'Mail', 'password', '{token.Trim()}', 1)");
    }

    private async Task SpoilAsync()
    {
        await _site.SqlAsync(
            "DELETE FROM tabItem WHERE name = 'two'; UPDATE tabItem SET note = 'other'; DROP TABLE tabLog;"
                + "DROP TRIGGER noted; UPDATE tabSingles SET value = '0' WHERE field = 'enable_scheduler';"
                + "UPDATE tabUser SET password_hash = 'other'; CREATE TABLE tabLater (name int)"
        );
        await _site.BashAsync($"rm {Home}/private/files/letter.txt; echo new > {Home}/public/files/new.txt");
        await _site.BashAsync($"bench --site {Site} set-config encryption_key other");
        await _site.RedisAsync("SET", "of-the-spoiled", "1");
    }

    // Rows, tables and files of the site. Administrator's password is not one of them.
    private async Task<string> ContentAsync()
    {
        var tables = await _site.SqlAsync(
            "SELECT GROUP_CONCAT(table_name ORDER BY table_name) FROM information_schema.tables "
                + "WHERE table_schema = DATABASE()"
        );
        var rows = await _site.SqlAsync(
            "SELECT * FROM tabItem ORDER BY name; SELECT * FROM tabSingles ORDER BY field; SELECT * FROM __Auth"
        );
        var files = (
            await _site.BashAsync($"cd {Home} && find p*/files -type f -exec sha256sum {{}} + | sort")
        ).Succeeded();
        return string.Join('\n', tables, rows, files);
    }

    private async Task<string> ConfigAsync() => (await _site.BashAsync($"jq -S . {Home}/site_config.json")).Succeeded();

    private async Task<string> DatabaseAsync() => (await _site.SqlAsync("SELECT DATABASE()")).Trim();

    // Files that a restore must not leave behind.
    private async Task<string> LeftoversAsync()
    {
        var databases = await _site.SqlAsync(
            "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE '%restore' "
                + "OR schema_name LIKE '%before'"
        );
        var markers = (
            await _site.BashAsync($"cd {Home}/.installer; ls -d {string.Join(' ', Markers)} 2>/dev/null; true")
        ).Output;
        var users = await _site.SqlAsync("SELECT User FROM mysql.user WHERE User LIKE 'erp-installer%'");
        return (databases + markers + users).Trim();
    }

    private async Task<string> StatusAsync() =>
        (
            await _site.BashAsync(
                "curl --insecure --silent --output /dev/null --write-out '%{http_code}' "
                    + $"https://{Site}/api/method/ping"
            )
        ).Succeeded();
}
