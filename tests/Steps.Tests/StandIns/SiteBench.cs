using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.StandIns;

/// <summary>
/// A bench in a container, configured for a database and a Redis beside it. The tests of a class share it. Without a
/// Docker engine it starts nothing.
/// </summary>
public sealed class SiteBench : IAsyncLifetime
{
    private readonly string _name = $"standins-{Guid.NewGuid():N}"[..20];
    private DockerEnvironment? _docker;

    /// <summary>The container's name.</summary>
    public string Container => $"{_name}-bench";

    /// <summary>The name of MariaDB's container.</summary>
    public string Database => $"{_name}-db";

    /// <summary>Runs a line of bash in the bench directory.</summary>
    public Task<ProgramRun> RunAsync(string line) => _docker!.DockerAsync("exec", $"{_name}-bench", "bash", "-c", line);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!DockerEnvironment.IsThere)
        {
            return;
        }

        _docker = DockerEnvironment.Require();
        (await _docker.DockerAsync("network", "create", "--label", _docker.Label, _name)).Succeeded();
        await StartAsync("db", "--env", "MARIADB_ROOT_PASSWORD=secret", DockerEnvironment.MariaDb);
        await StartAsync("redis", DockerEnvironment.Redis);
        await StartAsync("bench", DockerEnvironment.Runtime, "sleep", "infinity");
        (
            await RunAsync(
                """
                set -e
                bench set-config -g db_host db
                bench set-config -gp db_port 3306
                bench set-config -g redis_cache redis://redis:6379
                bench set-config -g redis_queue redis://redis:6379
                """
            )
        ).Succeeded();
        (
            await _docker.DockerAsync(
                "exec",
                $"{_name}-db",
                "bash",
                "-c",
                "for i in {1..300}; do healthcheck.sh --connect --innodb_initialized && exit; sleep 0.1; done; exit 1"
            )
        ).Succeeded();
    }

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
