using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>create-site, run to its end, repeated, and after it was interrupted.</summary>
[Collection(ScriptBench.Collection)]
public sealed class CreateSiteTests
{
    // A background job has no request to take the address from.
    private async Task<string> UrlAsync(string site) =>
        (await _bench.RunAsync($"bench --site {site} execute frappe.utils.get_url")).Succeeded().Trim('"');

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

        Assert.EndsWith(
            $"create-site: done: {site} has erpnext hrms telephony",
            run.Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Equal(["frappe", "erpnext", "hrms", "telephony"], await AppsAsync(site));
        Assert.Equal(
            ["app-erpnext.done", "app-hrms.done", "app-telephony.done", "complete", "created", "schema"],
            await LinesAsync($"ls sites/{site}/.installer")
        );
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
        Assert.Equal(
            "1",
            await _bench.SqlAsync($"SELECT COUNT(*) FROM {database}.tabUser WHERE name = 'kept@example.com'")
        );
        Assert.Equal("0", await SchedulerAsync(site));
    }

    [Fact]
    public async Task Links_have_the_address_that_users_reach_also_when_that_changes_later()
    {
        const string site = "links.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
        Assert.Equal($"http://{site}", await UrlAsync(site));

        (await _bench.CreateSiteAsync(site, "erpnext", $"HOST_NAME=https://{site}")).Succeeded();
        Assert.Equal($"https://{site}", await UrlAsync(site));

        (await _bench.CreateSiteAsync(site, "erpnext", $"HOST_NAME=https://{site}:8443")).Succeeded();
        Assert.Equal($"https://{site}:8443", await UrlAsync(site));
    }

    [Theory]
    [InlineData("database")]
    [InlineData("frappe")]
    [InlineData("erpnext")]
    public async Task An_unfinished_site_without_users_is_created_again(string point)
    {
        var site = $"half-{point}.example.com";
        var killed = await _bench.CreateSiteAsync(site, "erpnext", $"STANDIN_KILL_AT={point}");

        var again = await _bench.CreateSiteAsync(site, "erpnext");

        Assert.Equal(137, killed.ExitCode);
        Assert.Contains(
            $"creating {site} was interrupted before any application served it: starting again",
            again.Output,
            StringComparison.Ordinal
        );
        Assert.Contains($"site {site}: half", again.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(["frappe", "erpnext"], await AppsAsync(site));
    }

    [Fact]
    public async Task An_incomplete_configuration_of_an_unfinished_site_is_replaced()
    {
        const string site = "torn.example.com";
        await _bench.CreateSiteAsync(site, "erpnext", "STANDIN_KILL_AT=frappe");
        await _bench.WriteAsync($"sites/{site}/site_config.json", "{\"db_na");

        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();

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
    public async Task An_app_whose_installation_was_killed_is_installed_completely()
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
    public async Task The_site_is_created_completely_after_a_kill_before_each_command()
    {
        const string site = "every.example.com";

        // The first run is killed before its first command, the second before its second, and so on until one succeeds.
        var run = await _bench.RunAsync(
            $$"""
            printf '%s\n' 'unset BASH_ENV' 'set -T' \
              "trap '((++commands == KILL_BEFORE)) && kill -KILL 0' DEBUG" >/tmp/kill.sh
            export SITE={{site}} APPS='erpnext hrms telephony' REVISION=0a1b2c3d4e5f
            for ((n = 1; n < 1000; n++)); do
              KILL_BEFORE=$n BASH_ENV=/tmp/kill.sh setsid bash /local/create-site.sh >/tmp/said 2>&1 &
              wait $!
              case $? in
                0) echo "through after $((n - 1)) kills"; exit ;;
                137) ;;
                *) cat /tmp/said; exit 1 ;;
              esac
            done
            """
        );

        // bash reports each kill itself.
        Assert.Matches("through after ([3-9][0-9]|[0-9]{3}) kills$", run.Succeeded());
        Assert.Equal(["frappe", "erpnext", "hrms", "telephony"], await AppsAsync(site));
        Assert.Equal(
            ["app-erpnext.done", "app-hrms.done", "app-telephony.done", "complete", "created", "revision", "schema"],
            await LinesAsync($"ls sites/{site}/.installer")
        );
        Assert.Equal("1", await SchedulerAsync(site));
    }

    [Fact]
    public async Task The_process_list_shows_no_password()
    {
        var seen = await _bench.RunAsync(
            """
            (while [[ ! -e /tmp/ended ]]; do cat /proc/[0-9]*/cmdline; sleep 0.02; done \
              >/tmp/seen 2>/dev/null) & watcher=$!
            SITE=seen.example.com APPS=erpnext bash /local/create-site.sh >/dev/null 2>&1; code=$?
            touch /tmp/ended; wait $watcher; tr '\0' ' ' </tmp/seen; exit $code
            """
        );

        seen.Succeeded();
        Assert.Contains("seen.example.com --mariadb-user-host-login-scope=%", seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptBench.RootPassword, seen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptBench.AdminPassword, seen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_password_of_Administrator_is_set_once_and_one_changed_in_the_site_since_is_kept()
    {
        const string site = "rotated.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
        var first = await AdministratorAsync(site);
        await _bench.WriteAsync("/secrets/admin_password", "RotatedSecret0816");
        try
        {
            var rotated = (await _bench.CreateSiteAsync(site, "erpnext", "ADMIN_PASSWORD_ROTATION=1")).Succeeded();
            var second = await AdministratorAsync(site);
            (await _bench.RunAsync($"bench --site {site} set-admin-password ChosenByHand1")).Succeeded();
            var chosen = await AdministratorAsync(site);
            (await _bench.CreateSiteAsync(site, "erpnext", "ADMIN_PASSWORD_ROTATION=1")).Succeeded();

            Assert.Contains("Administrator has the new password", rotated, StringComparison.Ordinal);
            Assert.DoesNotContain("RotatedSecret0816", rotated, StringComparison.Ordinal);
            Assert.NotEqual(first, second);
            Assert.NotEqual(second, chosen);
            Assert.Equal(chosen, await AdministratorAsync(site));
        }
        finally
        {
            await _bench.WriteAsync("/secrets/admin_password", ScriptBench.AdminPassword);
        }
    }

    [Fact]
    public async Task A_rotated_root_password_replaces_any_earlier_one_that_the_database_still_has()
    {
        const string site = "rooted.example.com";
        await _bench.WriteAsync("/secrets/db_root_password", "RotatedRoot4712");
        await _bench.WriteAsync("/secrets/db_root_password_before", $"NeverTakenOver1\n{ScriptBench.RootPassword}");
        try
        {
            var rotated = (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
            var old = await _bench.RunAsync(
                $"MYSQL_PWD={ScriptBench.RootPassword} mariadb -h db -u root -e 'SELECT 1'"
            );
            var inside = (
                await _bench.RunAsync("MYSQL_PWD=RotatedRoot4712 mariadb -h db -u root -BNe 'SELECT 1'")
            ).Succeeded();

            Assert.Contains("MariaDB has the new root password", rotated, StringComparison.Ordinal);
            Assert.DoesNotContain("RotatedRoot4712", rotated, StringComparison.Ordinal);
            Assert.Contains("ERROR 1045", old.Output, StringComparison.Ordinal);
            Assert.Equal("1", inside);
        }
        finally
        {
            // The other tests share the database.
            await _bench.WriteAsync("/secrets/db_root_password", ScriptBench.RootPassword);
            await _bench.WriteAsync("/secrets/db_root_password_before", "RotatedRoot4712");
            (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
            await _bench.RunAsync("rm /secrets/db_root_password_before");
        }
    }

    [Fact]
    public async Task A_rotation_that_is_killed_before_each_of_its_commands_is_completed()
    {
        const string site = "killed.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
        var first = await AdministratorAsync(site);
        await _bench.WriteAsync("/secrets/admin_password", "RotatedSecret0816");
        await _bench.WriteAsync("/secrets/db_root_password", "RotatedRoot4712");
        await _bench.WriteAsync("/secrets/db_root_password_before", ScriptBench.RootPassword);
        try
        {
            // Only commands of these two functions: another test covers all others.
            var run = await _bench.RunAsync(
                $$"""
                printf '%s\n' 'unset BASH_ENV' 'set -T' 'commands=0' \
                  "names='@(take_over_root|rotate_admin_password)'" \
                  "trap '[[ \${FUNCNAME[0]-} == \$names ]] && ((++commands == KILL_BEFORE)) && kill -KILL 0' DEBUG" \
                  >/tmp/kill.sh
                export SITE={{site}} APPS=erpnext ADMIN_PASSWORD_ROTATION=20261125T224501Z
                for ((n = 1; n < 1000; n++)); do
                  KILL_BEFORE=$n BASH_ENV=/tmp/kill.sh setsid bash /local/create-site.sh >/tmp/said 2>&1 &
                  wait $!
                  case $? in
                    0) echo "through after $((n - 1)) kills"; exit ;;
                    137) ;;
                    *) cat /tmp/said; exit 1 ;;
                  esac
                done
                """
            );

            Assert.Matches("through after [0-9]{2} kills$", run.Succeeded());
            (await _bench.RunAsync("MYSQL_PWD=RotatedRoot4712 mariadb -h db -u root -e 'SELECT 1'")).Succeeded();
            await _bench.WriteAsync("/secrets/db_root_password_before", "RotatedRoot4712");
        }
        finally
        {
            // The other tests share the database.
            await _bench.WriteAsync("/secrets/db_root_password", ScriptBench.RootPassword);
            (await _bench.CreateSiteAsync(site, "erpnext", "ADMIN_PASSWORD_ROTATION=20261125T224501Z")).Succeeded();
            await _bench.WriteAsync("/secrets/admin_password", ScriptBench.AdminPassword);
            await _bench.RunAsync("rm /secrets/db_root_password_before");
        }

        Assert.NotEqual(first, await AdministratorAsync(site));
    }

    private async Task<string> AdministratorAsync(string site) =>
        await _bench.SqlAsync(
            $"SELECT password_hash FROM {await _bench.DatabaseAsync(site)}.tabUser WHERE name = 'Administrator'"
        );

    private Task<string[]> AppsAsync(string site) =>
        LinesAsync($"bench --site {site} list-apps --format json | jq -r '.[][]'");

    private async Task<string> SchedulerAsync(string site) =>
        await _bench.SqlAsync(
            $"SELECT value FROM {await _bench.DatabaseAsync(site)}.tabSingles WHERE field = 'enable_scheduler'"
        );

    private async Task<string[]> LinesAsync(string line) => (await _bench.RunAsync(line)).Succeeded().Split('\n');
}
