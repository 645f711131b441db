using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>create-site, run to its end, repeated, and after it was interrupted.</summary>
[Collection(ScriptBench.Collection)]
public sealed class CreateSiteTests
{
    private readonly ScriptBench _bench;

    public CreateSiteTests(ScriptBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    [Fact]
    public async Task I_get_a_site_with_all_apps_a_scheduler_and_markers()
    {
        const string site = "new.example.com";

        var run = await _bench.CreateSiteAsync(site, "erpnext hrms telephony");

        Assert.EndsWith($"create-site: done: {site} has erpnext hrms telephony", run.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(["frappe", "erpnext", "hrms", "telephony"], await AppsAsync(site));
        Assert.Equal(
            ["app-erpnext.done", "app-hrms.done", "app-telephony.done", "complete", "created"],
            await LinesAsync($"ls sites/{site}/.installer"));
        Assert.Equal("1", await SchedulerAsync(site));
        Assert.Equal(site, (await _bench.RunAsync("cat sites/currentsite.txt")).Succeeded());
    }

    [Fact]
    public async Task I_can_run_it_again_and_nothing_is_lost_or_switched_on()
    {
        const string site = "again.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
        var database = await _bench.DatabaseAsync(site);
        await _bench.SqlAsync($"INSERT INTO {database}.tabUser VALUES ('kept@example.com', '')");
        (await _bench.RunAsync($"bench --site {site} disable-scheduler")).Succeeded();

        var again = await _bench.CreateSiteAsync(site, "erpnext");

        again.Succeeded();
        Assert.DoesNotContain("Installing", again.Output, StringComparison.Ordinal);
        Assert.Equal("1", await _bench.SqlAsync($"SELECT COUNT(*) FROM {database}.tabUser WHERE name = 'kept@example.com'"));
        Assert.Equal("0", await SchedulerAsync(site));
    }

    [Fact]
    public async Task A_site_that_was_left_without_tables_is_begun_anew()
    {
        const string site = "half.example.com";
        var killed = await _bench.CreateSiteAsync(site, "erpnext", "STANDIN_KILL_AT=database");
        var database = await _bench.DatabaseAsync(site);
        var tables = await _bench.SqlAsync($"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{database}'");

        var again = await _bench.CreateSiteAsync(site, "erpnext");

        Assert.Equal(137, killed.ExitCode);
        Assert.Equal("0", tables);
        Assert.Contains($"site {site}: half", again.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(["frappe", "erpnext"], await AppsAsync(site));
    }

    [Fact]
    public async Task Only_apps_that_are_missing_are_installed_later()
    {
        const string site = "more.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();

        var more = await _bench.CreateSiteAsync(site, "erpnext telephony");

        more.Succeeded();
        Assert.Contains("Installing telephony", more.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Installing erpnext", more.Output, StringComparison.Ordinal);
        Assert.Equal(["frappe", "erpnext", "telephony"], await AppsAsync(site));
    }

    [Fact]
    public async Task An_app_whose_installation_was_killed_is_installed_to_its_end()
    {
        const string site = "app.example.com";
        var killed = await _bench.CreateSiteAsync(site, "erpnext hrms telephony", "STANDIN_KILL_AT=hrms");
        var looksInstalled = await AppsAsync(site);

        var again = await _bench.CreateSiteAsync(site, "erpnext hrms telephony");

        Assert.Equal(137, killed.ExitCode);
        Assert.Contains("hrms", looksInstalled);
        again.Succeeded();
        Assert.Contains("Installing hrms", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hrms already installed", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Installing erpnext", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_before_each_of_its_commands_it_goes_on_to_the_same_end()
    {
        const string site = "every.example.com";

        // The first run is killed before its first command, the second before its second, and so on until one is through.
        // Between new-site's end and the marker it cannot know that all was well, and says so: then the hint is followed.
        var run = await _bench.RunAsync(
            $$"""
            printf '%s\n' 'unset BASH_ENV' 'set -T' "trap '((++commands == KILL_BEFORE)) && kill -KILL 0' DEBUG" >/tmp/kill.sh
            dropped=0
            export SITE={{site}} APPS='erpnext hrms telephony'
            for ((n = 1; n < 1000; n++)); do
              KILL_BEFORE=$n BASH_ENV=/tmp/kill.sh setsid bash /local/create-site.sh >/tmp/said 2>&1 &
              wait $!
              case $? in
                0) echo "through, $dropped dropped"; exit ;;
                137) ;;
                *)
                  grep -q 'was interrupted after its tables were made' /tmp/said || { cat /tmp/said; exit 1; }
                  MYSQL_PWD=$(</secrets/db_root_password) mariadb -h db -u root -e "DROP DATABASE $(jq -r .db_name sites/$SITE/site_config.json)"
                  rm -r sites/$SITE
                  ((++dropped))
                  ;;
              esac
            done
            """);

        // bash itself tells each kill before it.
        Assert.Matches("through, [0-3] dropped$", run.Succeeded());
        Assert.Equal(["frappe", "erpnext", "hrms", "telephony"], await AppsAsync(site));
        Assert.Equal(
            ["app-erpnext.done", "app-hrms.done", "app-telephony.done", "complete", "created"],
            await LinesAsync($"ls sites/{site}/.installer"));
        Assert.Equal("1", await SchedulerAsync(site));
    }

    [Fact]
    public async Task Nobody_reads_the_passwords_in_the_list_of_processes()
    {
        var seen = await _bench.RunAsync(
            """
            (while [[ ! -e /tmp/ended ]]; do cat /proc/[0-9]*/cmdline; sleep 0.02; done >/tmp/seen 2>/dev/null) & watcher=$!
            SITE=seen.example.com APPS=erpnext bash /local/create-site.sh >/dev/null 2>&1; code=$?
            touch /tmp/ended; wait $watcher; tr '\0' ' ' </tmp/seen; exit $code
            """);

        seen.Succeeded();
        Assert.Contains("seen.example.com --mariadb-user-host-login-scope=%", seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptBench.RootPassword, seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptBench.AdminPassword, seen.Output, StringComparison.Ordinal);
    }

    private Task<string[]> AppsAsync(string site) =>
        LinesAsync($"bench --site {site} list-apps --format json | jq -r '.[][]'");

    private async Task<string> SchedulerAsync(string site) => await _bench.SqlAsync(
        $"SELECT value FROM {await _bench.DatabaseAsync(site)}.tabSingles WHERE field = 'enable_scheduler'");

    private async Task<string[]> LinesAsync(string line) => (await _bench.RunAsync(line)).Succeeded().Split('\n');
}
