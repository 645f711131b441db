using System.Text.Json;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>The configurator, on sites volumes in every state.</summary>
[Collection(ScriptBench.Collection)]
public sealed class ConfiguratorTests
{
    private const string Configured =
        """{"db_host":"db","db_port":3306,"redis_cache":"redis://redis-cache:6379","redis_queue":"""
        + "\"redis://redis-queue:6379\",\"redis_socketio\":\"redis://redis-socketio:6379\",\"socketio_port\":9000}";

    private readonly ScriptBench _bench;

    public ConfiguratorTests(ScriptBench bench)
    {
        DockerEnvironment.Require();
        _bench = bench;
    }

    [Fact]
    public async Task An_empty_volume_gets_the_apps_of_the_image_and_the_addresses_of_the_services()
    {
        await ResetAsync("rm -f sites/apps.txt sites/common_site_config.json");

        var run = await ConfigureAsync();

        Assert.Equal("configured: 4 apps", run.Succeeded());
        Assert.Equal(["erpnext", "frappe", "hrms", "telephony"], (await ReadAsync("cat sites/apps.txt")).Split('\n'));
        Assert.Equal(Configured, await ConfigurationAsync());
    }

    [Fact]
    public async Task A_second_run_keeps_the_operators_settings()
    {
        await ResetAsync("bash /local/configurator.sh && bench set-config -g mail_server smtp.example.com");
        var before = await ConfigurationAsync();

        (await ConfigureAsync()).Succeeded();

        Assert.Equal(before, await ConfigurationAsync());
        Assert.Contains("smtp.example.com", before, StringComparison.Ordinal);
    }

    // The serving containers read them at each request and could read half a file.
    [Fact]
    public async Task Unchanged_files_are_not_written_again()
    {
        const string files = "stat -c '%n %i %y' sites/apps.txt sites/common_site_config.json";
        await ResetAsync("bash /local/configurator.sh");
        var before = await ReadAsync(files);

        (await _bench.RunAsync("bash /local/configurator.sh")).Succeeded();

        Assert.Equal(before, await ReadAsync(files));
    }

    [Fact]
    public async Task The_list_of_apps_follows_a_newer_image()
    {
        await ResetAsync(@"printf 'frappe\nerpnext\nremoved' >sites/apps.txt");

        (await ConfigureAsync()).Succeeded();

        Assert.Equal(await ReadAsync("ls -1 apps"), await ReadAsync("cat sites/apps.txt"));
    }

    [Theory]
    [InlineData("""{"db_host": "db", "mail_""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_configuration_that_cannot_be_read_is_kept_beside_a_new_one(string broken)
    {
        await ResetAsync("rm -f sites/common_site_config.json.broken");
        await _bench.WriteAsync("sites/common_site_config.json", broken);

        (await ConfigureAsync()).Succeeded();

        Assert.Equal(Configured, await ConfigurationAsync());
        Assert.Equal(broken, await ReadAsync("cat sites/common_site_config.json.broken 2>/dev/null || true"));
    }

    [Fact]
    public async Task The_configurator_reaches_the_same_result_after_a_kill_before_each_of_its_commands()
    {
        await ResetAsync("rm -f sites/apps.txt sites/common_site_config.json");

        var run = await _bench.RunAsync(
            """
            printf '%s\n' 'unset BASH_ENV' 'set -T' \
              "trap '((++commands == KILL_BEFORE)) && kill -KILL 0' DEBUG" >/tmp/kill.sh
            for ((n = 1; n < 1000; n++)); do
              KILL_BEFORE=$n BASH_ENV=/tmp/kill.sh setsid bash /local/configurator.sh >/tmp/said 2>&1 &
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
        Assert.Equal(Configured, await ConfigurationAsync());
        Assert.Equal(await ReadAsync("ls -1 apps"), await ReadAsync("cat sites/apps.txt"));
    }

    [Theory]
    [InlineData("app-hrms.done")]
    [InlineData("app-hrms.begun")]
    public async Task Removing_an_installed_app_from_the_answers_is_refused_before_anything_is_written(string marker)
    {
        const string markers = "sites/less.example.com/.installer";
        await ResetAsync(
            $"echo kept >sites/apps.txt; mkdir -p {markers}; touch {markers}/created {markers}/app-erpnext.done "
                + $"{markers}/{marker}"
        );

        var refused = await _bench.RunAsync(
            "SITE=less.example.com APPS='erpnext telephony' bash /local/configurator.sh 2>&1"
        );
        var kept = await ReadAsync("cat sites/apps.txt");
        var again = await _bench.RunAsync(
            "SITE=less.example.com APPS='erpnext hrms telephony' bash /local/configurator.sh 2>&1"
        );
        await ReadAsync("rm -r sites/less.example.com");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            "the site less.example.com has the app hrms, and the answers no longer name it",
            refused.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("erp-installer apps remove hrms;", refused.Output, StringComparison.Ordinal);
        Assert.Equal("kept", kept);
        again.Succeeded();
    }

    private Task<ProgramRun> ConfigureAsync() => _bench.RunAsync("bash /local/configurator.sh 2>&1");

    private async Task ResetAsync(string line) =>
        (await _bench.RunAsync($"echo '{{}}' >sites/common_site_config.json; {line}")).Succeeded();

    private async Task<string> ReadAsync(string line) => (await _bench.RunAsync(line)).Succeeded();

    private async Task<string> ConfigurationAsync()
    {
        using var document = JsonDocument.Parse(await ReadAsync("jq -cS . sites/common_site_config.json"));
        return document.RootElement.GetRawText();
    }
}
