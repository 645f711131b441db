using ErpInstaller.Backup;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>update.py on a site with all its containers: how it is closed for an update, and opened again.</summary>
[Collection(InsideSite.Collection)]
public sealed class ClosedSiteTests
{
    private const string Config = $"sites/{InsideSite.Site}/site_config.json";
    private const string Markers = $"sites/{InsideSite.Site}/.installer";
    private const string Queue = "home-frappe-frappe-bench:long";
    private const string Job = $"{InsideSite.Site}::4711";

    private readonly InsideSite _site;

    public ClosedSiteTests(InsideSite site)
    {
        DockerEnvironment.Require();
        _site = site;
    }

    [Fact]
    public async Task Visitors_of_a_closed_site_get_the_maintenance_page_and_the_verification_finds_everything_well()
    {
        var closed = await _site.UpdateAsync("close");
        try
        {
            Assert.Equal(("closed", "erpnext"), (closed.End, closed.Lines[^1].Word("apps")));
            Assert.Equal("503", await StatusAsync(""));
            Assert.Equal("200", await StatusAsync($"-H 'X-Erp-Installer-Pass: {InsideSite.Pass}'"));
            Assert.Equal("true", await ConfigAsync("pause_scheduler"));

            var (_, looks) = await _site.VerifyAsync();

            Assert.Empty(looks.Where(l => !l.Value.Ok).Select(l => $"{l.Key}: {l.Value.Found}"));
        }
        finally
        {
            await _site.UpdateAsync("open");
        }

        Assert.Equal("200", await StatusAsync(""));
        Assert.Equal("null", await ConfigAsync("pause_scheduler"));
        Assert.Equal("", await HeldAsync());
    }

    [Fact]
    public async Task A_scheduler_that_the_operator_paused_stays_paused()
    {
        await _site.BashAsync($"bench --site {InsideSite.Site} scheduler pause");
        try
        {
            await _site.UpdateAsync("close");
            await _site.UpdateAsync("close");
            await _site.UpdateAsync("open");

            Assert.Equal("true", await ConfigAsync("pause_scheduler"));
        }
        finally
        {
            await _site.BashAsync($"bench --site {InsideSite.Site} scheduler resume");
        }
    }

    [Fact]
    public async Task Workers_that_do_not_finish_are_named_without_the_data_of_their_job_and_the_site_is_open_again()
    {
        await _site.RedisAsync("ZADD", $"rq:wip:{Queue}", "9999999999", Job);
        await _site.RedisAsync(
            "HSET",
            $"rq:job:{Job}",
            "description",
            "frappe.utils.background_jobs.execute_job(job_name='erpnext.stock.repost', kwargs={'item': 'secret'})"
        );
        try
        {
            var run = await _site.UpdateAsync("close", wait: 1);

            Assert.Equal((1, "workers-busy"), (run.ExitCode, run.End));
            Assert.Equal("erpnext.stock.repost runs in long", run.Lines[^1].Word("message"));
            Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
            Assert.Equal("200", await StatusAsync(""));
            Assert.Equal("null", await ConfigAsync("pause_scheduler"));
            Assert.Equal("", await HeldAsync());
        }
        finally
        {
            await _site.RedisAsync("DEL", $"rq:wip:{Queue}", $"rq:job:{Job}");
        }
    }

    [Fact]
    public async Task Maintenance_mode_that_someone_else_set_is_noticed_and_kept()
    {
        await _site.BashAsync($"bench --site {InsideSite.Site} set-maintenance-mode on");
        try
        {
            Assert.Equal("in-maintenance", (await _site.UpdateAsync("close")).End);
            Assert.Equal("1", await ConfigAsync("maintenance_mode"));
            Assert.Equal("", await HeldAsync());
        }
        finally
        {
            await _site.BashAsync($"bench --site {InsideSite.Site} set-maintenance-mode off");
        }
    }

    [Fact]
    public async Task An_installer_without_its_state_directory_learns_from_the_site_which_update_closed_it()
    {
        Assert.Equal((false, "held"), await FindAsync());
        await _site.UpdateAsync("close");
        try
        {
            var before = (await _site.UpdateAsync("find")).Lines[^1];
            await _site.BackupAsync("backup", "/backups/updates", $"RUN={InsideSite.Update}", "BY=safeguard");
            await _site.BackupAsync("backup", "/backups/updates", "RUN=later");
            var after = (await _site.UpdateAsync("find")).Lines[^1];

            Assert.Equal(
                (true, InsideSite.Update, "erpnext:old", "erpnext", ""),
                (
                    before.Is("closed"),
                    before.Word("run"),
                    before.Word("image"),
                    before.Word("apps"),
                    before.Word("snapshot")
                )
            );
            Assert.Matches("^[0-9a-f]{8}$", after.Word("snapshot"));
        }
        finally
        {
            await _site.UpdateAsync("open");
        }
    }

    [Fact]
    public async Task What_a_rollback_would_lose_is_counted_by_DocType_in_the_time_zone_of_the_site()
    {
        const string columns = "name varchar(140) PRIMARY KEY, creation datetime, modified datetime";
        var snapshot = (await _site.BackupAsync("backup", "/backups/updates")).Lines[^1].Word("snapshot");
        await _site.SqlAsync(
            $"CREATE TABLE tabNote ({columns}); CREATE TABLE tabVersion ({columns}); "
                + $"CREATE TABLE tabRow ({columns}, parenttype varchar(140)); "
                + "INSERT INTO tabSingles VALUES ('System Settings', 'time_zone', NULL)"
        );
        try
        {
            // The update ended at 01:00 UTC, which is 06:30 in Kolkata.
            await _site.SqlAsync(
                "INSERT INTO tabNote VALUES ('old', '2026-11-28 10:00', '2026-11-29 06:29'), "
                    + "('changed', '2026-11-28 10:00', '2026-11-29 06:31'), "
                    + "('made', '2026-11-29 06:31', '2026-11-29 06:32'); "
                    + "INSERT INTO tabVersion VALUES ('v', '2026-11-29 07:00', '2026-11-29 07:00'); "
                    + "INSERT INTO tabRow VALUES ('r', '2026-11-29 07:00', '2026-11-29 07:00', 'Note')"
            );

            var run = await _site.UpdateAsync("lost", more: [$"SNAPSHOT={snapshot}", "SINCE=1795914000"]);

            Assert.Equal("lost", run.End);
            var lost = run.Lines[^1].Lost().Single(d => d.Name is "Note" or "Row" or "Version");
            Assert.Equal(new LostDocuments("Note", 1, 1), lost);
            Assert.Equal(1, run.Lines[^1].Number("logs"));
        }
        finally
        {
            await _site.SqlAsync(
                "DROP TABLE tabNote; DROP TABLE tabVersion; DROP TABLE tabRow; "
                    + "DELETE FROM tabSingles WHERE field = 'time_zone'"
            );
        }
    }

    [Fact]
    public async Task A_rollback_without_its_backup_says_so_before_anything_is_counted()
    {
        await _site.BackupAsync("backup", "/backups/updates");

        var run = await _site.UpdateAsync("lost", more: ["SNAPSHOT=00000000", "SINCE=1795914000"]);

        Assert.Equal("backup-missing", run.End);
    }

    private async Task<(bool IsClosed, string End)> FindAsync()
    {
        var run = await _site.UpdateAsync("find");
        return (run.Lines[^1].Is("closed"), run.End);
    }

    private async Task<string> StatusAsync(string options) =>
        (
            await _site.BashAsync(
                $"curl --insecure --silent --output /dev/null --write-out '%{{http_code}}' {options} "
                    + $"https://{InsideSite.Site}/api/method/ping"
            )
        ).Succeeded();

    private async Task<string> ConfigAsync(string key) => (await _site.BashAsync($"jq .{key} {Config}")).Succeeded();

    private async Task<string> HeldAsync() =>
        (await _site.BashAsync($"ls {Markers} | grep -E 'held|maintenance' || true")).Output.Trim();
}
