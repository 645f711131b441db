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

/// <summary>The facts that the checks read from recorded answers of Nomad.</summary>
public sealed class NomadFactsTests : IDisposable
{
    private readonly TestInstallation _installation = new() { Steps = [new HostChecksStep()] };
    private readonly FaultyNomad _nomad = new(TimeProvider.System);
    private readonly List<string> _denied = [];
    private readonly DockerEngine _noEngine = new(new Uri("unix:///nonexistent/docker.sock"));
    private IDockerEngine? _engine;
    private ScriptedHost? _host;
    private string _namespace = "default";

    private static DockerEngineInfo Engine { get; } = new("28.2.2", "1.50", "/var/lib/docker", "x86_64", "overlay2");

    [Fact]
    public async Task A_ready_node_passes_every_Nomad_check()
    {
        var facts = await CollectAsync();

        var rows = HostCheckReport
            .Judge(facts, _installation.Answers)
            .Rows.Where(r => r.Id.StartsWith("nomad", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(6, rows.Count);
        Assert.All(rows, r => Assert.True(r.Kind == VerdictKind.Pass, r.ToString()));
        Assert.Equal("1.10.5", facts.Find<NomadFact>()!.Version);
        Assert.Equal("192.0.2.10", facts.Find<PortsFact>()!.NodeAddress);
    }

    [Fact]
    public async Task Probing_a_tokens_permissions_changes_nothing()
    {
        await CollectAsync();

        var client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _nomad);
        Assert.Null(await client.FindVariableAsync("nomad/jobs/erpnext", TestContext.Current.CancellationToken));
        Assert.Null(await client.FindJobAsync("erp-installer-permission-check", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_missing_capabilities_of_a_token_without_submit_job_are_listed()
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
    public async Task The_version_comes_from_the_node_when_the_token_lacks_agent_read()
    {
        _denied.Add("GET /v1/agent/self");
        _installation.Answers = _installation.Answers with { Nomad = new NomadAnswers { Node = "rehearsal" } };

        var facts = await CollectAsync();

        Assert.Equal("1.10.5", facts.Find<NomadFact>()!.Version);
        Assert.Equal(["agent read"], facts.Find<NomadPermissionsFact>()!.Denied);
        Assert.NotNull(facts.Find<NomadNodeFact>()!.Node);
    }

    [Fact]
    public async Task A_node_without_docker_volumes_is_recognised()
    {
        _nomad.ChangeNode("driver.docker.volumes.enabled", null);

        Assert.False((await CollectAsync()).Find<NomadVolumesFact>()!.Enabled);
    }

    [Theory]
    [InlineData("unconfined_u:object_r:var_t:s0", VerdictKind.Warn)]
    [InlineData("system_u:object_r:container_file_t:s0", VerdictKind.Pass)]
    public async Task SELinux_needs_a_label_on_the_directory_of_a_host_volume(string context, VerdictKind expected)
    {
        _nomad.Rehearsed.HostVolumes.Add("erpnext-ssl");
        _host = new ScriptedHost(_installation.Time) { Answer = (_, arguments) => $"{context} {arguments[^1]}\n" };
        _engine = new FaultyDocker(_installation.Time) { Info = Engine with { SecurityOptions = ["selinux"] } };
        _installation.Answers = _installation.Answers with
        {
            Certificate = new CertificateAnswers { Delivery = CertificateDelivery.HostVolume },
        };

        var row = HostCheckReport
            .Judge(await CollectAsync(), _installation.Answers)
            .Rows.Single(r => r.Id == CheckId.NomadVolumes);

        Assert.Equal(expected, row.Kind);
        Assert.Equal(
            expected == VerdictKind.Pass
                ? ""
                : "sudo semanage fcontext -a -t container_file_t '/srv/erpnext-ssl(/.*)?' && sudo restorecon -R "
                    + "/srv/erpnext-ssl",
            row.Hint
        );
    }

    [Fact]
    public async Task The_hint_for_volumes_has_the_label_that_SELinux_needs()
    {
        _nomad.ChangeNode("driver.docker.volumes.enabled", null);
        _engine = new FaultyDocker(_installation.Time) { Info = Engine with { SecurityOptions = ["selinux"] } };

        var row = HostCheckReport
            .Judge(await CollectAsync(), _installation.Answers)
            .Rows.Single(r => r.Id == CheckId.NomadVolumes);

        Assert.Contains(
            "add volumes { enabled = true, selinuxlabel = \"z\" } to its config",
            row.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_unknown_node_name_fails_and_the_existing_nodes_are_listed()
    {
        _installation.Answers = _installation.Answers with { Nomad = new NomadAnswers { Node = "erp-9" } };

        var fact = (await CollectAsync()).Find<NomadNodeFact>()!;

        Assert.Null(fact.Node);
        Assert.Equal("Nomad has no node erp-9", fact.Problem);
        Assert.Contains("rehearsal", fact.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_namespace_fails_before_anything_is_written_to_it()
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
    public async Task A_cluster_without_a_leader_is_reported()
    {
        using var leaderless = new DenyingHandler(_nomad, [], withoutLeader: true);

        var fact = (await CollectAsync(leaderless)).Find<NomadFact>()!;

        Assert.Null(fact.Leader);
    }

    [Fact]
    public async Task Resources_of_our_own_jobs_count_as_free_and_those_of_other_jobs_do_not()
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
                Docker = _engine ?? _noEngine,
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
