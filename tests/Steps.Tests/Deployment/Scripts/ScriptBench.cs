using System.Text;
using ErpInstaller.Core.Assets;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// A database, a Redis with its three names, and a bench with the apps hrms and telephony. The init job's scripts are
/// where Nomad puts them. The tests of the collection share it; each has its own sites.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class ScriptBench : IAsyncLifetime, ICollectionFixture<ScriptBench>
{
    /// <summary>The collection of the tests that share it.</summary>
    public const string Collection = "scripts of the init job";

    /// <summary>The database's root password, which no output may have.</summary>
    public const string RootPassword = "RootSecret4711";

    /// <summary>The password of Administrator, which no output may have.</summary>
    public const string AdminPassword = "AdminSecret0815";

    /// <summary>Where the job says that the cache is.</summary>
    private const string Cache = "FRAPPE_REDIS_CACHE=redis://redis-cache:6379/7";

    private readonly string _name = $"scripts-{Guid.NewGuid():N}"[..20];
    private DockerEnvironment? _docker;

    /// <summary>
    /// Runs create-site for a site; <paramref name="setting"/> are further variables, <c>NAME=value</c>.
    /// </summary>
    public async Task<ProgramRun> CreateSiteAsync(string site, string apps, params string[] setting)
    {
        var run = await RunAsync(
            $"LAST_WORDS_SECONDS=0 SITE={site} APPS='{apps}' {Cache} {string.Join(' ', setting)} bash "
                + "/local/create-site.sh 2>&1"
        );
        Assert.DoesNotContain(RootPassword, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(AdminPassword, run.Output, StringComparison.Ordinal);
        return run;
    }

    /// <summary>Runs a line of bash in the bench directory.</summary>
    public Task<ProgramRun> RunAsync(string line) => _docker!.DockerAsync("exec", $"{_name}-bench", "bash", "-c", line);

    /// <summary>The result of a query that root sends to MariaDB.</summary>
    public async Task<string> SqlAsync(string statement) =>
        (await RunAsync($"MYSQL_PWD={RootPassword} mariadb -h db -u root -BN -e \"{statement}\"")).Succeeded();

    /// <summary>The name of a site's database.</summary>
    public async Task<string> DatabaseAsync(string site) =>
        (await RunAsync($"jq -r .db_name sites/{site}/site_config.json")).Succeeded();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!DockerEnvironment.IsThere)
        {
            return;
        }

        _docker = DockerEnvironment.Require();
        (await _docker.DockerAsync("network", "create", "--label", _docker.Label, _name)).Succeeded();
        await StartAsync("db", "--env", $"MARIADB_ROOT_PASSWORD={RootPassword}", DockerEnvironment.MariaDb);
        await StartAsync(
            "redis",
            "--network-alias",
            "redis-cache",
            "--network-alias",
            "redis-queue",
            "--network-alias",
            "redis-socketio",
            DockerEnvironment.Redis
        );
        await StartAsync(
            "bench",
            "--tmpfs",
            "/local:mode=1777",
            "--tmpfs",
            "/secrets:mode=1777",
            DockerEnvironment.Runtime,
            "sleep",
            "infinity"
        );

        // The git server is in the engine's own network, which no other one reaches.
        (await _docker.DockerAsync("network", "connect", "bridge", $"{_name}-bench")).Succeeded();
        await WriteAsync("/local/configurator.sh", new AssetSource().Read("deployment/configurator.sh"));
        await WriteAsync("/local/create-site.sh", new AssetSource().Read("deployment/create-site.sh"));
        await WriteAsync("/local/image.py", new AssetSource().Read("deployment/image.py"));
        await WriteAsync("/secrets/db_root_password", RootPassword);
        await WriteAsync("/secrets/admin_password", AdminPassword);
        var apps = AppRepositories.Require();
        (
            await RunAsync(
                $"""
                set -e
                bench get-app --skip-assets --branch v15.49.4 {apps.HttpUrl("frappe/hrms")}
                bench get-app --skip-assets --branch main {apps.HttpUrl("frappe/telephony")}
                bash /local/configurator.sh
                """
            )
        ).Succeeded();
    }

    /// <summary>Writes a file in the bench's container.</summary>
    public async Task WriteAsync(string path, string text) =>
        (await RunAsync($"base64 -d >{path} <<<'{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}'")).Succeeded();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_docker is null)
        {
            return;
        }

        await _docker.DockerAsync("rm", "--force", "--volumes", $"{_name}-db", $"{_name}-redis", $"{_name}-bench");
        await _docker.DockerAsync("network", "rm", _name);
    }

    private Task StartAsync(string alias, params string[] arguments) =>
        _docker!.StartAsync(_name, alias, ["--network-alias", alias, .. arguments]);
}
