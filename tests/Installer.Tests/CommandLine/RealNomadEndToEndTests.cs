using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>
/// Real program, engine, registry and repositories, and the real Nomad agent of NOMAD_ADDR on this machine. Only the
/// images are stand-ins.
/// </summary>
public sealed class RealNomadEndToEndTests : IAsyncDisposable
{
    // Small enough for two cores: a node must have the reserved CPU free.
    private const string Small = """

        [resources]
        database = { cpu = 100, memory = 512 }
        redis_cache = { cpu = 100, memory = 64 }
        redis_queue = { cpu = 100, memory = 64 }
        redis_socketio = { cpu = 100, memory = 64 }
        init = { cpu = 100, memory = 512 }
        backend = { cpu = 100, memory = 512 }
        websocket = { cpu = 100, memory = 128 }
        frontend = { cpu = 100, memory = 128 }
        scheduler = { cpu = 100, memory = 128 }
        queue_short = { cpu = 100, memory = 128 }
        queue_long = { cpu = 100, memory = 128 }
        """;

    private readonly RealNomad _nomad = new();
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly string _registry = LocalRegistry.RequireAddress();
    private readonly string _job = $"real-{Guid.NewGuid():N}"[..16];
    private readonly Product _product = new();
    private readonly (int Http, int Https) _ports = (ServedSite.FreePort(), ServedSite.FreePort());
    private string _more = "";

    public RealNomadEndToEndTests()
    {
        _product.Environments["NOMAD_ADDR"] = _nomad.Address.AbsoluteUri;
        _product.Environments["DOCKER_HOST"] = _docker.Endpoint.OriginalString;
    }

    [Fact]
    public async Task One_command_installs_into_a_real_Nomad_and_the_second_one_finds_everything_in_place()
    {
        var first = await InstallAsync();

        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        Assert.Contains("Installed in", first.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["database: running", "redis-cache: running", "redis-queue: running", "redis-socketio: running"],
            await _nomad.AllocationsAsync($"{_job}-data")
        );
        Assert.Equal(["site: complete"], await _nomad.AllocationsAsync($"{_job}-init"));
        Assert.Equal(
            [
                "backend: running",
                "frontend: running",
                "queue-long: running",
                "queue-short: running",
                "scheduler: running",
                "websocket: running",
            ],
            await _nomad.AllocationsAsync(_job)
        );

        var second = await InstallAsync("--output", "json");

        Assert.True(second.ExitCode == 0, second.Output + second.Errors);
        Assert.All(second.Events.Where(e => e.GetProperty("type").GetString() == "step-finished"), e =>
            Assert.True(e.GetProperty("skipped").GetBoolean(), e.ToString())
        );
    }

    [Fact]
    public async Task An_interrupted_run_resumes_and_more_workers_replace_no_other_container()
    {
        var interrupted = await _product.RunAsync(
            line => line.Contains($"{_job}-init: registering", StringComparison.Ordinal),
            "install",
            "--answers",
            Answers()
        );
        var database = await _nomad.IdsAsync($"{_job}-data", "database");
        var resumed = await InstallAsync();

        interrupted.FailedWith(130, "deployment: interrupted");
        Assert.True(resumed.ExitCode == 0, resumed.Output + resumed.Errors);
        Assert.Equal(database, await _nomad.IdsAsync($"{_job}-data", "database"));

        var workers = await _nomad.IdsAsync(_job, "queue-short");
        var backend = await _nomad.IdsAsync(_job, "backend");
        var site = await _nomad.IdsAsync($"{_job}-init", "site");
        _more = "\n[scale]\nqueue_short = 2\n";
        var scaled = await InstallAsync("--accept-changes");

        Assert.True(scaled.ExitCode == 0, scaled.Output + scaled.Errors);
        Assert.Equal(backend, await _nomad.IdsAsync(_job, "backend"));
        Assert.Equal(site, await _nomad.IdsAsync($"{_job}-init", "site"));
        var now = await _nomad.IdsAsync(_job, "queue-short");
        Assert.Equal(2, now.Count);
        Assert.Contains(workers[0], now);
    }

    [Fact]
    public async Task A_rotated_password_is_taken_by_the_running_database_and_site_and_no_container_is_replaced()
    {
        var first = await InstallAsync();
        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        var before = await AllIdsAsync();
        var old = await RootAsync();

        var root = await _product.RunAsync("secrets", "--rotate", "db_root_password");
        var admin = await _product.RunAsync("secrets", "--rotate", "admin_password");
        var plan = await _product.RunAsync("plan");
        var second = await InstallAsync();
        var after = await _product.RunAsync("secrets");

        Assert.Equal((0, 0, 10), (root.ExitCode, admin.ExitCode, plan.ExitCode));
        Assert.DoesNotContain($"{_job}-data/", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            $"{_job}/",
            plan.Output.Replace($"nomad/jobs/{_job}/", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.True(second.ExitCode == 0, second.Output + second.Errors);
        Assert.Equal(before, await AllIdsAsync());
        Assert.Equal(2, after.Output.Split("rotated 20", StringSplitOptions.None).Length - 1);
        Assert.DoesNotContain("the next install applies it", after.Output, StringComparison.Ordinal);
        Assert.NotEqual(old, await RootAsync());
        Assert.Contains("ERROR 1045", await AskDatabaseAsync(old), StringComparison.Ordinal);
        Assert.Equal("1", await AskDatabaseAsync(await RootAsync()));
        Assert.Equal(0, (await _product.RunAsync("plan")).ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        using (_nomad)
        using (_product)
        {
            await _nomad.RemoveAsync(_job);
            await RemoveWhatIsLeftAsync();
        }
    }

    private Task<string> RootAsync() => _nomad.ItemAsync($"nomad/jobs/{_job}-data/database", "db_root_password");

    // The answer of the database to a client in its own network.
    private async Task<string> AskDatabaseAsync(string password) =>
        (
            await _docker.DockerAsync(
                "run",
                "--rm",
                "--network",
                _job,
                "--env",
                $"MYSQL_PWD={password}",
                DockerEnvironment.Runtime,
                "bash",
                "-c",
                "mariadb --protocol=tcp -h db -u root -BNe 'SELECT 1' 2>&1"
            )
        ).Output.Trim();

    private async Task<IReadOnlyList<string>> AllIdsAsync()
    {
        (string Job, string[] Groups)[] jobs =
        [
            ($"{_job}-data", ["database", "redis-cache", "redis-queue", "redis-socketio"]),
            (_job, ["backend", "websocket", "frontend", "scheduler", "queue-short", "queue-long"]),
        ];
        var ids = await Task.WhenAll(jobs.SelectMany(j => j.Groups.Select(g => _nomad.IdsAsync(j.Job, g))));
        return [.. ids.SelectMany(i => i)];
    }

    private Task<ProductRun> InstallAsync(params string[] more) =>
        _product.RunAsync(["install", "--answers", Answers(), .. more]);

    private string Answers() =>
        _product.Write("answers.toml", EndToEndAnswers.Text(_job, _registry, _apps, _ports) + Small + _more);

    // Nomad stops containers some time after their job is removed. The test stops them at once.
    private async Task RemoveWhatIsLeftAsync()
    {
        if (await LinesAsync("ps", "--all", "--quiet", "--filter", $"network={_job}") is { Length: > 0 } containers)
        {
            await _docker.DockerAsync(["rm", "--force", "--volumes", .. containers]);
        }

        // While Nomad removes the container too, its volume is in use.
        string[] find = ["volume", "ls", "--quiet", "--filter", $"name={_job}-"];
        for (var tries = 0; tries < 100 && await LinesAsync(find) is { Length: > 0 } volumes; tries++)
        {
            await _docker.DockerAsync(["volume", "rm", "--force", .. volumes]);
        }

        await _docker.DockerAsync("network", "rm", _job);
        string[] list = ["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", $"{_registry}/{_job}"];
        if (await LinesAsync(list) is { Length: > 0 } images)
        {
            await _docker.DockerAsync(["rmi", .. images]);
        }
    }

    private async Task<string[]> LinesAsync(params string[] words) =>
        (await _docker.DockerAsync(words)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
