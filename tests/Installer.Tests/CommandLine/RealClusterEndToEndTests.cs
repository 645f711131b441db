using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>
/// The real program, registry and Nomad, and two nodes: a network namespace each, with an engine of its own. Instead of
/// a file server, both clients offer the same directory.
/// </summary>
public sealed class RealClusterEndToEndTests : IAsyncDisposable
{
    private readonly RealCluster _cluster = new();
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly string _registry = LocalRegistry.RequireAddress();
    private readonly string _job = $"two-{Guid.NewGuid():N}"[..12];
    private readonly Product _product = new();
    private int _memory = 512;

    public RealClusterEndToEndTests()
    {
        _product.Environments["NOMAD_ADDR"] = _cluster.Address.AbsoluteUri;
        _product.Environments["DOCKER_HOST"] = _docker.Endpoint.OriginalString;
    }

    [Fact]
    public async Task The_site_runs_on_both_nodes_and_survives_a_move_of_backend_and_database()
    {
        var first = await InstallAsync();

        Assert.True(first.ExitCode == 0, first.Output + first.Errors);
        var data = await _cluster.AllocationsAsync($"{_job}-data");
        var application = await _cluster.AllocationsAsync(_job);
        Assert.All(data.Where(a => a.Group is "database" or "redis-queue"), a => Assert.Equal("node-b", a.Node));
        Assert.Equal(["node-a", "node-b"], application.Where(a => a.Group == "backend").Select(a => a.Node).Order());
        Assert.Equal("node-a", application.Single(a => a.Group == "frontend").Node);

        // The next run verifies the site, so nginx must have found the other backend.
        var backends = await _cluster.ServiceAsync($"{_job}-backend");
        await _cluster.StopAsync(application.First(a => a.Group == "backend"));
        var again = await InstallAsync();

        Assert.True(again.ExitCode == 0, again.Output + again.Errors);
        Assert.NotEqual(backends.Order(), (await _cluster.ServiceAsync($"{_job}-backend")).Order());

        _memory = 600;
        var database = await _cluster.ServiceAsync($"{_job}-db");
        var kept = (await _cluster.AllocationsAsync(_job)).Select(a => a.Id).Order();
        var moved = await InstallAsync("--accept-changes");

        Assert.True(moved.ExitCode == 0, moved.Output + moved.Errors);
        Assert.NotEqual(database, await _cluster.ServiceAsync($"{_job}-db"));

        // Each task restarted exactly once for the new address, and not while there was no address.
        var after = await _cluster.AllocationsAsync(_job);
        Assert.Equal(kept, after.Select(a => a.Id).Order());
        Assert.All(after.Where(a => a.Group is "backend" or "websocket"), a => Assert.Equal(1, a.Restarts));
    }

    public async ValueTask DisposeAsync()
    {
        using (_cluster)
        using (_product)
        {
            await _cluster.RemoveAsync(_job);
        }
    }

    private Task<ProductRun> InstallAsync(params string[] more) =>
        _product.RunAsync(["install", "--answers", Answers(), .. more]);

    private string Answers() =>
        _product.Write(
            "answers.toml",
            EndToEndAnswers
                .Text(_job, _registry, _apps, (8080, 8443))
                .Replace("[nomad]", "[nomad]\ntopology = \"cluster\"\nnode = \"node-a\"", StringComparison.Ordinal)
                + $$"""

                [cluster]
                nodes = ["node-a", "node-b"]
                data_node = "node-b"
                sites_volume = "sites"
                [scale]
                backend = 2
                [resources]
                database = { cpu = 100, memory = {{_memory}} }
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
                """
        );
}
