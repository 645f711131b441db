using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>What the checks find out of a Nomad that answers as the recorded one does.</summary>
public sealed class NomadFactsTests : IDisposable
{
    private readonly TestInstallation _installation = new() { Steps = [new HostChecksStep()] };
    private readonly FaultyNomad _nomad = new(TimeProvider.System);
    private readonly List<string> _denied = [];
    private readonly DockerEngine _noEngine = new(new Uri("unix:///nonexistent/docker.sock"));
    private ScriptedHost? _host;
    private string _namespace = "default";

    [Fact]
    public async Task A_node_that_is_ready_passes_every_check_of_Nomad()
    {
        var facts = await CollectAsync();

        var rows = HostCheckReport
            .Judge(facts, _installation.Answers)
            .Rows.Where(r => r.Id.StartsWith("nomad", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(5, rows.Count);
        Assert.All(rows, r => Assert.True(r.Kind == VerdictKind.Pass, r.ToString()));
        Assert.Equal("1.10.5", facts.Find<NomadFact>()!.Version);
        Assert.Equal("192.0.2.10", facts.Find<PortsFact>()!.NodeAddress);
    }

    [Fact]
    public async Task To_ask_what_a_token_may_do_changes_nothing()
    {
        await CollectAsync();

        var client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _nomad);
        Assert.Null(await client.FindVariableAsync("nomad/jobs/erpnext", TestContext.Current.CancellationToken));
        Assert.Null(await client.FindJobAsync("erp-installer-permission-check", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_token_that_may_not_submit_jobs_is_told_what_it_lacks()
    {
        _denied.Add("PUT /v1/job/erp-installer-permission-check/plan");
        _denied.Add("PUT /v1/var/nomad/jobs/erpnext");

        var facts = await CollectAsync();

        Assert.Equal(
            ["namespace \"default\" submit-job", "namespace \"default\" variables \"nomad/jobs/erpnext\" write"],
            facts.Find<NomadPermissionsFact>()!.Denied
        );
    }

    [Fact]
    public async Task Without_agent_read_the_version_comes_from_the_node()
    {
        _denied.Add("GET /v1/agent/self");
        _installation.Answers = _installation.Answers with { Nomad = new NomadAnswers { Node = "rehearsal" } };

        var facts = await CollectAsync();

        Assert.Equal("1.10.5", facts.Find<NomadFact>()!.Version);
        Assert.Equal(["agent read"], facts.Find<NomadPermissionsFact>()!.Denied);
        Assert.NotNull(facts.Find<NomadNodeFact>()!.Node);
    }

    [Fact]
    public async Task A_node_without_volumes_is_told_from_one_with()
    {
        _nomad.ChangeNode("driver.docker.volumes.enabled", null);

        Assert.False((await CollectAsync()).Find<NomadVolumesFact>()!.Enabled);
    }

    [Fact]
    public async Task A_node_of_another_name_is_not_found_and_the_known_ones_are_named()
    {
        _installation.Answers = _installation.Answers with { Nomad = new NomadAnswers { Node = "erp-9" } };

        var fact = (await CollectAsync()).Find<NomadNodeFact>()!;

        Assert.Null(fact.Node);
        Assert.Equal("Nomad has no node erp-9", fact.Problem);
        Assert.Contains("rehearsal", fact.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_namespace_that_is_not_there_is_told_before_anything_is_written_into_it()
    {
        _namespace = "erp";

        var row = HostCheckReport
            .Judge(await CollectAsync(), _installation.Answers)
            .Rows.Single(r => r.Id == CheckId.NomadPermissions);

        Assert.Equal((VerdictKind.Fail, "Nomad has no namespace erp"), (row.Kind, row.Found));
        Assert.StartsWith("nomad namespace apply erp", row.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_not_this_machine_fails()
    {
        _host = new ScriptedHost(_installation.Time)
        {
            Identity = new HostIdentity("elsewhere", "x86_64", ["127.0.0.1", "192.0.2.99"]),
        };

        var row = HostCheckReport
            .Judge(await CollectAsync(), _installation.Answers)
            .Rows.Single(r => r.Id == CheckId.NomadNode);

        Assert.Equal("rehearsal (192.0.2.10): is not this host (elsewhere)", row.Found);
    }

    [Fact]
    public async Task A_cluster_without_leader_says_so()
    {
        using var leaderless = new DenyingHandler(_nomad, [], withoutLeader: true);

        var fact = (await CollectAsync(leaderless)).Find<NomadFact>()!;

        Assert.Null(fact.Leader);
    }

    [Fact]
    public async Task What_our_own_jobs_hold_counts_as_free_and_what_others_hold_does_not()
    {
        var client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _nomad);
        await client.RegisterAsync(SmallJob.Of("erpnext-data"), 0, "", TestContext.Current.CancellationToken);
        await client.RegisterAsync(SmallJob.Of("wiki"), 0, "", TestContext.Current.CancellationToken);

        var fact = (await CollectAsync()).Find<NomadCapacityFact>()!;

        Assert.Equal([("erpnext-data", true), ("wiki", false)], fact.Jobs.Select(j => (j.Job, j.Ours)).Order());
        var wiki = fact.Jobs.Single(j => j.Job == "wiki");
        Assert.True(wiki.Mhz > 0 && wiki.Memory > 0);
        Assert.Equal(fact.TotalMhz - fact.ReservedMhz - wiki.Mhz, fact.FreeMhz);
    }

    public void Dispose()
    {
        _noEngine.Dispose();
        _nomad.Dispose();
        _installation.Dispose();
    }

    private async Task<HostFacts> CollectAsync(HttpMessageHandler? handler = null)
    {
        using var denying = new DenyingHandler(_nomad, _denied);
        _installation.World = world =>
            world with
            {
                Host = _host ?? world.Host,
                Docker = _noEngine,
                Nomad = new NomadClient(
                    new NomadConnection
                    {
                        Address = new Uri("http://rehearsal"),
                        Token = "a-token",
                        Namespace = _namespace,
                    },
                    handler ?? denying
                ),
            };
        var installation = _installation.Open();
        return await HostCheckup.CollectAsync(
            installation.ContextOf(installation.Steps[0]),
            previous: null,
            TestContext.Current.CancellationToken
        );
    }
}
