using ErpInstaller.Backup;
using ErpInstaller.Core.Assets;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Tests.StandIns;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>update.py takes apps out of a site with a real MariaDB.</summary>
public sealed class UninstallScriptTests : IClassFixture<SiteBench>
{
    private const string Options = "--mariadb-user-host-login-scope=% --db-root-username=root";

    private readonly SiteBench _bench;
    private readonly string _site = $"{Guid.NewGuid():N}.example.com";

    public UninstallScriptTests(SiteBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    private string Markers => $"sites/{_site}/.installer";

    [Fact]
    public async Task An_app_goes_with_its_tables_and_its_marker_and_the_other_apps_stay()
    {
        await StartAsync();

        var run = await RemoveAsync("shop");

        Assert.Equal((0, "uninstalled"), End(run));
        Assert.Equal("erpnext frappe", await AppsAsync());
        Assert.Equal("0", await TablesAsync("tabshop item"));
        Assert.Equal("1", await TablesAsync("tabUser"));
        Assert.Equal("app-erpnext.done", await MarkersAsync());
        Assert.DoesNotContain("Backing up", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removal_that_was_killed_goes_on_and_one_that_is_done_stays_done()
    {
        await StartAsync();

        var killed = await RemoveAsync("shop", "STANDIN_KILL_AT=uninstall-shop");
        var between = await AppsAsync();
        var run = await RemoveAsync("shop");
        var again = await RemoveAsync("shop");

        Assert.Equal((1, "app-not-removed"), End(killed));
        Assert.Equal("erpnext frappe shop", between);
        Assert.Equal((0, "uninstalled"), End(run));
        Assert.Equal((0, "uninstalled"), End(again));
        Assert.Equal("erpnext frappe", await AppsAsync());
    }

    [Fact]
    public async Task An_app_that_another_one_needs_is_not_taken_for_removed_although_bench_ends_well()
    {
        await StartAsync();
        await MakeAppAsync("till", "required_apps = ['acme/shop']");
        (await _bench.RunAsync($"bench --site {_site} install-app till")).Succeeded();

        var run = await RemoveAsync("shop");
        var both = await RemoveAsync("till shop");

        Assert.Equal((1, "app-not-removed"), End(run));
        Assert.Contains(
            "shop: App shop is a dependency of till. Uninstall till first.",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Equal((0, "uninstalled"), End(both));
        Assert.Equal("erpnext frappe", await AppsAsync());
    }

    [Fact]
    public async Task Nothing_is_removed_from_a_site_that_is_open()
    {
        await StartAsync();
        (await _bench.RunAsync($"rm {Markers}/held")).Succeeded();

        var run = await RemoveAsync("shop");

        Assert.Equal((1, "site-open"), End(run));
        Assert.Equal("erpnext frappe shop", await AppsAsync());
    }

    private static (int, string?) End(ProgramRun run) =>
        (
            run.ExitCode,
            BackupLine.In(run.Output.Split('\n')).LastOrDefault(l => l.IsLast) is { } last
                ? last.Kind == "failed"
                    ? last.Word("error")
                    : last.Kind
                : null
        );

    // A closed site with the app shop, which has a DocType with a table.
    private async Task StartAsync()
    {
        var assets = new AssetSource();
        foreach (var script in (string[])["update.py", "site_backup.py"])
        {
            await WriteAsync($"/tmp/{script}", assets.Read($"deployment/{script}"));
        }

        await MakeAppAsync("shop", "");
        (
            await _bench.RunAsync(
                $"""
                set -e
                bench new-site {_site} {Options} --db-root-password=secret --admin-password=admin --install-app erpnext
                bench --site {_site} install-app shop
                mkdir -p {Markers}
                touch {Markers}/app-erpnext.done {Markers}/app-shop.done
                echo '{"{}"}' > {Markers}/held
                """
            )
        ).Succeeded();
        await SqlAsync("CREATE TABLE `tabshop item` (name varchar(140)); INSERT INTO `tabshop item` VALUES ('one')");
    }

    private async Task MakeAppAsync(string app, string hooks)
    {
        (
            await _bench.RunAsync(
                $$"""
                set -e
                app=apps/{{app}}/{{app}}
                mkdir -p $app/{{app}}/doctype/item
                touch $app/__init__.py $app/patches.txt
                echo "{{hooks}}" > $app/hooks.py
                echo {{app}} > $app/modules.txt
                echo '{"name": "{{app}} item"}' > $app/{{app}}/doctype/item/item.json
                grep -qx {{app}} sites/apps.txt || printf '\n%s\n' {{app}} >> sites/apps.txt
                packages=$(env/bin/python -c 'import site; print(site.getsitepackages()[0])')
                echo "$PWD/apps/{{app}}" > "$packages/{{app}}.pth"
                """
            )
        ).Succeeded();
    }

    private Task<ProgramRun> RemoveAsync(string apps, string more = "") =>
        _bench.RunAsync(
            $"env ACTION=uninstall SITE={_site} APPS=erpnext REMOVE='{apps}' RUN=1 LINGER=0 REPOSITORY=/none {more} "
                + "env/bin/python /tmp/update.py"
        );

    private async Task<string> AppsAsync() =>
        (await _bench.RunAsync($"bench --site {_site} list-apps | cut -d ' ' -f 1 | sort | paste -sd ' '")).Succeeded();

    private async Task<string> MarkersAsync() =>
        (await _bench.RunAsync($"cd {Markers} && ls -d app-* | sort | paste -sd ' '")).Succeeded();

    private Task<string> TablesAsync(string table) =>
        SqlAsync(
            $"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{table}'"
        );

    private async Task<string> SqlAsync(string statement)
    {
        await WriteAsync("/tmp/statement.sql", statement);
        return (
            await _bench.RunAsync(
                $"""
                name=$(python3 -c "import json; print(json.load(open('sites/{_site}/site_config.json'))['db_name'])")
                export MYSQL_PWD=secret
                mariadb --no-defaults --host=db --user=root --batch --skip-column-names "$name" < /tmp/statement.sql
                """
            )
        ).Succeeded();
    }

    private async Task WriteAsync(string path, string text)
    {
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
        (await _bench.RunAsync($"base64 -d > {path} <<< '{encoded}'")).Succeeded();
    }
}
