using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>The sites that create-site refuses to change, and its messages.</summary>
[Collection(ScriptBench.Collection)]
public sealed class CreateSiteRefusalTests
{
    private readonly ScriptBench _bench;

    public CreateSiteRefusalTests(ScriptBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    [Fact]
    public async Task An_unfinished_site_with_a_signed_in_user_is_kept()
    {
        const string site = "used.example.com";
        var killed = await _bench.CreateSiteAsync(site, "erpnext", "STANDIN_KILL_AT=erpnext");
        await _bench.SqlAsync(
            $"UPDATE {await _bench.DatabaseAsync(site)}.tabUser SET last_login = NOW() WHERE name = 'Administrator'"
        );

        var again = await _bench.CreateSiteAsync(site, "erpnext");

        Assert.Equal(137, killed.ExitCode);
        Refused(
            again,
            $"creating the site {site} was interrupted, and a user signed in since",
            $"touch sites/{site}/.installer/created"
        );
        Assert.Equal("1", await UsersTablesAsync(site));
    }

    [Fact]
    public async Task An_unreadable_database_does_not_count_as_empty()
    {
        const string site = "unknown.example.com";
        await _bench.CreateSiteAsync(site, "erpnext", "STANDIN_KILL_AT=frappe");

        // A client that logs in and then loses its connection.
        (await _bench.RunAsync("mkdir -p /tmp/losing && install -m 755 /dev/null /tmp/losing/mariadb")).Succeeded();
        await _bench.WriteAsync(
            "/tmp/losing/mariadb",
            "#!/bin/bash\nstatement=$(</dev/stdin)\n[[ $statement == *information_schema* ]] || exec "
                + "/usr/bin/mariadb \"$@\" <<<\"$statement\"\n"
                + "echo 'ERROR 2013 (HY000): Lost connection to server during query' >&2; exit 1\n"
        );
        var again = await _bench.CreateSiteAsync(site, "erpnext", "PATH=\"/tmp/losing:$PATH\"");

        Refused(again, "MariaDB does not answer: ERROR 2013", "read the log of the database");
        Assert.Equal("1", await UsersTablesAsync(site));
    }

    [Fact]
    public async Task A_foreign_site_is_refused()
    {
        const string site = "foreign.example.com";
        (
            await _bench.RunAsync(
                $"bench new-site {site} --mariadb-user-host-login-scope=% "
                    + $"--db-root-password={ScriptBench.RootPassword} --admin-password=x"
            )
        ).Succeeded();

        var run = await _bench.CreateSiteAsync(site, "erpnext");

        Refused(run, $"the site {site} exists and was not made by this installer", "choose another site.name");
        Assert.Equal("1", await UsersTablesAsync(site));
    }

    [Fact]
    public async Task A_site_without_its_database_is_left_for_a_restore()
    {
        const string site = "gone.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
        await _bench.SqlAsync($"DROP DATABASE {await _bench.DatabaseAsync(site)}");

        var run = await _bench.CreateSiteAsync(site, "erpnext");

        Refused(run, $"the site {site} has files but no database", "restore the database from a backup");
        (await _bench.RunAsync($"test -s sites/{site}/site_config.json")).Succeeded();
    }

    [Fact]
    public async Task A_database_without_its_site_is_left_for_a_restore()
    {
        const string site = "lost.example.com";
        (await _bench.CreateSiteAsync(site, "erpnext")).Succeeded();
        var database = await _bench.DatabaseAsync(site);
        await _bench.RunAsync($"rm -r sites/{site}");

        var run = await _bench.CreateSiteAsync(site, "erpnext");
        var again = await _bench.CreateSiteAsync(site, "erpnext");

        Refused(run, $"the site {site} has a database but no files", $"drop the database {database}");
        Assert.Equal(run.Output, again.Output);
        Assert.Equal("1", await _bench.SqlAsync(TablesOf(database)));
    }

    [Fact]
    public async Task A_kept_database_volume_needs_its_old_password()
    {
        await _bench.RunAsync(
            "mkdir -p /tmp/wrong && echo OtherSecret1234 >/tmp/wrong/db_root_password && echo "
                + $"{ScriptBench.AdminPassword} >/tmp/wrong/admin_password"
        );

        var run = await _bench.CreateSiteAsync("wrong.example.com", "erpnext", "SECRETS_DIR=/tmp/wrong");

        Refused(run, "MariaDB refuses the root password", "keeps the password that it was created with");
        Assert.DoesNotContain("OtherSecret1234", run.Output, StringComparison.Ordinal);
        (await _bench.RunAsync("test ! -e sites/wrong.example.com")).Succeeded();
    }

    [Theory]
    [InlineData("rm -f /tmp/missing/admin_password", "there is no password in /tmp/missing/admin_password")]
    [InlineData("echo 'sp ace$7' >/tmp/missing/admin_password", "has characters other than letters and digits")]
    public async Task A_missing_or_invalid_password_is_reported_with_its_file(string change, string message)
    {
        await _bench.RunAsync($"mkdir -p /tmp/missing && cp /secrets/* /tmp/missing && {change}");

        var run = await _bench.CreateSiteAsync("missing.example.com", "erpnext", "SECRETS_DIR=/tmp/missing");

        Refused(run, message, "hint");
        Assert.DoesNotContain("ace$7", run.Output, StringComparison.Ordinal);
        (await _bench.RunAsync("test ! -e sites/missing.example.com")).Succeeded();
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_reported_with_its_address()
    {
        var run = await _bench.CreateSiteAsync("silent.example.com", "erpnext", "DB_PORT=3307", "WAIT_SECONDS=0");

        Refused(run, "MariaDB at db:3307 does not answer", "look at the containers of the data job");
    }

    private static string TablesOf(string database) =>
        $"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{database}' AND table_name = 'tabUser'";

    private static void Refused(ProgramRun run, string message, string hint)
    {
        // 74: the site was served, and the installer may start the previous application again.
        Assert.Contains(run.ExitCode, (int[])[1, 74]);
        var lines = run.Output.TrimEnd().Split('\n')[^2..];
        Assert.Contains(message, lines[0], StringComparison.Ordinal);
        Assert.StartsWith("create-site: hint: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(hint, lines[1], StringComparison.Ordinal);
    }

    private async Task<string> UsersTablesAsync(string site) =>
        await _bench.SqlAsync(TablesOf(await _bench.DatabaseAsync(site)));
}
