using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// The init job's scripts with another image, on a site that is served: their changes, and the request to stop the
/// application first.
/// </summary>
[Collection(ScriptBench.Collection)]
public sealed class UpdateScriptTests
{
    private const string Before = "aaaaaaaaaaaa";
    private const string After = "bbbbbbbbbbbb";
    private const string Doctype = "apps/erpnext/erpnext/update.json";

    private readonly ScriptBench _bench;

    public UpdateScriptTests(ScriptBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    [Fact]
    public async Task An_image_with_the_same_tables_is_used_while_the_site_serves()
    {
        var site = await ServedAsync("same.example.com");

        var configured = await ConfigureAsync(site, After, stopped: "");
        var created = await _bench.CreateSiteAsync(site, "erpnext", $"REVISION={After}");

        configured.Succeeded();
        Assert.DoesNotContain("Migrating", created.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(After, await ReadAsync("readlink sites/.assets/current"));
        Assert.Equal(Before, await ReadAsync("readlink sites/.assets/previous"));
    }

    [Fact]
    public async Task An_image_with_different_tables_stops_the_application_before_it_changes_anything()
    {
        var site = await ServedAsync("tables.example.com");
        await _bench.RunAsync($"echo '{{}}' >{Doctype}; echo kept >sites/apps.txt");
        try
        {
            var asked = await ConfigureAsync(site, After, stopped: "");
            var kept = await ReadAsync("cat sites/apps.txt");
            // No container runs, as after a removal that kept the data, but nothing has closed the site for a backup.
            var open = await ConfigureAsync(site, After, stopped: After);
            await _bench.RunAsync($"touch sites/{site}/.installer/held");
            var allowed = await ConfigureAsync(site, After, stopped: After);
            var created = await _bench.CreateSiteAsync(site, "erpnext", $"REVISION={After}");
            await _bench.RunAsync($"rm sites/{site}/.installer/held");

            Assert.Equal((75, 75), (asked.ExitCode, open.ExitCode));
            Assert.Contains("this image has different tables or patches", asked.Output, StringComparison.Ordinal);
            Assert.Equal("kept", kept);
            allowed.Succeeded();
            Assert.Contains("Migrating", created.Succeeded(), StringComparison.Ordinal);
            // What closed the site opens it again.
            Assert.Equal(
                ["app-erpnext.done", "complete", "created", "maintenance", "revision", "schema"],
                await MarkersAsync(site)
            );
        }
        finally
        {
            await _bench.RunAsync($"rm -f {Doctype}");
        }
    }

    [Fact]
    public async Task A_new_app_stops_the_application_too()
    {
        var site = await ServedAsync("one-more.example.com");

        var asked = await ConfigureAsync(site, After, stopped: "", apps: "erpnext telephony");

        Assert.Equal(75, asked.ExitCode);
        Assert.Contains("telephony must be installed", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_change_keeps_the_maintenance_page_refuses_the_older_image_and_continues()
    {
        var site = await ServedAsync("killed-change.example.com");
        var killed = await _bench.CreateSiteAsync(
            site,
            "erpnext telephony",
            $"REVISION={After}",
            "STANDIN_KILL_AT=telephony"
        );
        var markers = await MarkersAsync(site);

        var back = await ConfigureAsync(site, Before, stopped: Before, apps: "erpnext telephony");
        var on = await _bench.CreateSiteAsync(site, "erpnext telephony", $"REVISION={After}");

        Assert.Equal(137, killed.ExitCode);
        Assert.Contains("maintenance", markers);
        Assert.Contains("changing", markers);
        Assert.Equal(1, back.ExitCode);
        Assert.Contains("this older image cannot serve it", back.Output, StringComparison.Ordinal);
        on.Succeeded();
        Assert.DoesNotContain("maintenance", await MarkersAsync(site));
    }

    [Fact]
    public async Task A_failure_before_any_change_has_its_own_exit_code()
    {
        var site = await ServedAsync("untouched.example.com");

        var failed = await _bench.CreateSiteAsync(
            site,
            "erpnext telephony",
            $"REVISION={After}",
            "SECRETS_DIR=/nowhere"
        );

        Assert.Equal(74, failed.ExitCode);
        Assert.DoesNotContain("maintenance", await MarkersAsync(site));
    }

    [Fact]
    public async Task The_cache_has_nothing_of_the_image_before()
    {
        var site = await ServedAsync("cached.example.com");
        const string cache =
            "env/bin/python -c \"import redis; c = redis.Redis.from_url('redis://redis-cache:6379/7'); ";
        (await _bench.RunAsync(cache + "c.set('assets_json', 'old')\"")).Succeeded();

        (await _bench.CreateSiteAsync(site, "erpnext", $"REVISION={After}")).Succeeded();

        Assert.Equal("None", await ReadAsync(cache + "print(c.get('assets_json'))\""));
    }

    [Fact]
    public async Task Assets_of_the_current_image_and_the_one_before_it_are_kept_and_no_others()
    {
        var site = await ServedAsync("assets.example.com");
        foreach (var revision in (string[])[After, "cccccccccccc"])
        {
            (await ConfigureAsync(site, revision, stopped: "")).Succeeded();
            (await _bench.CreateSiteAsync(site, "erpnext", $"REVISION={revision}")).Succeeded();
        }

        var bundle = await ReadAsync("cd sites && ls assets/frappe/dist/js/desk.bundle.*.js");
        Assert.Equal([After, "cccccccccccc", "current", "previous"], (await ReadAsync("ls sites/.assets")).Split('\n'));
        (await _bench.RunAsync($"cmp sites/{bundle} sites/.assets/current/{bundle}")).Succeeded();

        // Unchanged assets are not stored twice.
        Assert.Equal("2", await ReadAsync($"stat -c %h sites/.assets/current/{bundle}"));
    }

    // A site that was finished with the image before.
    private async Task<string> ServedAsync(string site)
    {
        (await _bench.RunAsync("rm -rf sites/.assets")).Succeeded();
        (await ConfigureAsync(site, Before, stopped: "")).Succeeded();
        (await _bench.CreateSiteAsync(site, "erpnext", $"REVISION={Before}")).Succeeded();
        return site;
    }

    private Task<ProgramRun> ConfigureAsync(string site, string revision, string stopped, string apps = "erpnext") =>
        _bench.RunAsync(
            $"LAST_WORDS_SECONDS=0 SITE={site} APPS='{apps}' REVISION={revision} "
                + $"NOMAD_META_APPLICATION_STOPPED={stopped} "
                + "bash /local/configurator.sh 2>&1"
        );

    private async Task<string> ReadAsync(string line) => (await _bench.RunAsync(line)).Succeeded();

    private async Task<string[]> MarkersAsync(string site) =>
        (await ReadAsync($"ls sites/{site}/.installer")).Split('\n');
}
