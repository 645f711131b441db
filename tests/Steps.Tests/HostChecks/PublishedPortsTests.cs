using System.Net;
using System.Net.Sockets;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>Ports that containers of a real Docker engine publish on this machine.</summary>
public sealed class PublishedPortsTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly TestInstallation _installation = new() { Steps = [new HostChecksStep()] };
    private readonly FaultyNomad _nomad = new(TimeProvider.System);
    private readonly NomadClient _client;
    private readonly DockerEngine _engine;

    public PublishedPortsTests()
    {
        _engine = new DockerEngine(_docker.Endpoint);
        _nomad.ChangeNode("unique.network.ip-address", "127.0.0.1");
        _client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _nomad);
        _installation.World = world => world with { Host = new LinuxHost(), Docker = _engine, Nomad = _client };
    }

    [Fact]
    public async Task A_port_held_by_our_own_frontend_passes()
    {
        await _client.RegisterAsync(SmallJob.Of("erpnext"), 0, "", TestContext.Current.CancellationToken);
        var allocations = await _client.GetAllocationsAsync(
            "erpnext",
            index: null,
            TestContext.Current.CancellationToken
        );

        var row = await JudgeAsync(allocations.Value!.Single().ID);

        Assert.Equal(VerdictKind.Pass, row.Kind);
        Assert.Contains(": our own ", row.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_held_by_another_container_fails_and_names_that_container()
    {
        var row = await JudgeAsync(Guid.NewGuid().ToString());

        Assert.Equal(VerdictKind.Fail, row.Kind);
        Assert.Contains("held by the container ", row.Found, StringComparison.Ordinal);
        Assert.StartsWith("docker stop ", row.Hint, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _client.Dispose();
        _installation.Dispose();
    }

    private async Task<HostCheckRow> JudgeAsync(string allocation)
    {
        var port = FreePort();
        _installation.Answers = _installation.Answers with
        {
            Site = _installation.Answers.Site with { HttpPort = FreePort(), HttpsPort = port },
        };
        var run = await _docker.DockerAsync(
            "run",
            "--detach",
            "--label",
            _docker.Label,
            "--label",
            $"com.hashicorp.nomad.alloc_id={allocation}",
            "--publish",
            $"127.0.0.1:{port}:6379",
            DockerEnvironment.Redis
        );
        var container = run.Succeeded();
        try
        {
            var installation = _installation.Open();
            var report = await HostChecksStep.CheckAsync(
                installation.ContextOf(installation.Steps[0]),
                TestContext.Current.CancellationToken
            );
            return report.Rows.Single(r => r.Id == CheckId.Ports);
        }
        finally
        {
            await _docker.DockerAsync("rm", "--force", container);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
