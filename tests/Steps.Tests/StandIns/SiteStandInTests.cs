using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.StandIns;

/// <summary>Sites in the stand-ins: real databases, created or left incomplete as the real bench does.</summary>
public sealed class SiteStandInTests : IClassFixture<SiteBench>
{
    private const string Options = "--mariadb-user-host-login-scope=% --db-root-username=root";
    private readonly SiteBench _bench;

    public SiteStandInTests(SiteBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    [Fact]
    public async Task I_can_create_a_site_and_ping_it()
    {
        (
            await _bench.RunAsync(
                $"bench new-site erp.example.com {Options} --db-root-password=secret --admin-password=admin "
                    + "--install-app erpnext --set-default"
            )
        ).Succeeded();
        var apps = await _bench.RunAsync("bench --site erp.example.com list-apps --format json");
        await _bench.RunAsync("env/bin/gunicorn --daemon --chdir=sites --bind=0.0.0.0:8000 frappe.app:application");
        const string ping = "curl -sS --retry 9 --retry-connrefused http://localhost:8000/api/method/ping";
        var known = await _bench.RunAsync($"{ping} -H 'Host: erp.example.com'");
        var unknown = await _bench.RunAsync($"{ping} -o /dev/null -w '%{{http_code}}'");

        Assert.Equal("""{"erp.example.com": ["frappe", "erpnext"]}""", apps.Succeeded());
        Assert.Contains("""{"message": "pong"}""", known.Succeeded(), StringComparison.Ordinal);
        Assert.EndsWith("404", unknown.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_root_password_is_refused_and_leaves_the_sites_directory_behind()
    {
        var run = await _bench.RunAsync(
            $"bench new-site refused.example.com {Options} --db-root-password=wrong --admin-password=admin"
        );
        var again = await _bench.RunAsync(
            $"bench new-site refused.example.com {Options} --db-root-password=secret --admin-password=admin"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "pymysql.err.OperationalError: (1045, \"Access denied for user 'root'",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("Site refused.example.com already exists", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_password_causes_an_error_instead_of_a_prompt()
    {
        var run = await _bench.RunAsync($"bench new-site nobody.example.com {Options} --db-root-password=secret");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("EOFError", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_installation_can_leave_a_database_without_tables()
    {
        var run = await _bench.RunAsync(
            $"STANDIN_KILL_AT=database bench new-site half.example.com {Options} "
                + "--db-root-password=secret --admin-password=admin"
        );
        var list = await _bench.RunAsync("bench --site half.example.com list-apps");

        Assert.Equal(137, run.ExitCode);
        Assert.Contains("doesn't exist", list.Output, StringComparison.Ordinal);
    }
}
