using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>More than one node, at a rehearsed Nomad that has the nodes of the answers, or faulty ones.</summary>
public sealed class ClusterTests : IDisposable
{
    private static readonly AnswerFile Answers = JobCases.Cluster with
    {
        Nomad = JobCases.Cluster.Nomad with { Node = "node-a" },
        Cluster = new ClusterAnswers { DataNode = "node-b", SitesNfs = "nfs.example.com:/srv/erpnext" },
        Scale = new ScaleAnswers { Backend = 2, QueueShort = 2 },
    };

    private static readonly AnswerFile OnHostVolumes = Answers with
    {
        Cluster = new ClusterAnswers
        {
            Nodes = ["node-a", "node-b"],
            DatabaseVolume = "erpnext-db",
            RedisQueueVolume = "erpnext-queue",
            SitesVolume = "erpnext-sites",
        },
    };

    private static readonly Dictionary<string, string> Accepted = new[]
    {
        CheckId.NomadNode,
        CheckId.NomadVolumes,
        CheckId.NomadCapacity,
    }.ToDictionary(c => c, _ => "to see what the deployment says");

    private readonly RehearsedDeployment _deployment = new();

    [Fact]
    public async Task A_cluster_is_installed_on_two_nodes_and_the_second_run_finds_everything_in_place()
    {
        Use(Answers);

        var first = await _deployment.InstallAsync();
        var allocations = (await AllocationsAsync("erpnext-data")).Concat(await AllocationsAsync("erpnext")).ToList();
        var again = await _deployment.InstallAsync();

        Assert.Equal((0, 0), (first.ExitCode, again.ExitCode));
        Assert.True(_deployment.Events.OfType<StepFinished>().Last(e => e.Step == StepId.Deployment).Skipped);
        Assert.Equal(2, allocations.Where(a => a.TaskGroup == "backend").Select(a => a.NodeID).Distinct().Count());
        Assert.Equal(
            ["00000001-5b56-5dd4-bffd-b42f232edd4e"],
            allocations.Where(a => a.TaskGroup is "database" or "redis-queue").Select(a => a.NodeID).Distinct()
        );
        Assert.Equal(
            ["9c9f81ac-5b56-5dd4-bffd-b42f232edd4e"],
            allocations.Where(a => a.TaskGroup == "frontend").Select(a => a.NodeID)
        );
    }

    [Fact]
    public async Task No_Docker_network_is_made_and_Redis_has_one_password_that_all_three_jobs_may_read()
    {
        Use(Answers);

        await _deployment.InstallAsync();

        Assert.Null(await _deployment.Docker.FindNetworkAsync("erpnext", TestContext.Current.CancellationToken));
        string[] paths =
        [
            VariablePaths.Data("erpnext"),
            VariablePaths.Init("erpnext"),
            VariablePaths.Application("erpnext"),
        ];
        var passwords = paths.Select(p => _deployment.Nomad.Variable(p, VariablePaths.RedisPassword)).ToList();
        Assert.Single(passwords.Distinct());
        Assert.Matches("^[A-Za-z0-9]{32}$", passwords[0]);
        Assert.NotNull(_deployment.Nomad.Variable(VariablePaths.Application("erpnext"), VariablePaths.Certificate));
    }

    [Fact]
    public async Task A_backup_runs_on_the_entry_node_and_may_read_the_password_of_Redis()
    {
        Use(Answers);
        await _deployment.InstallAsync();

        var result = await _deployment.RunAsync(Operation.Backup);

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(
            ["9c9f81ac-5b56-5dd4-bffd-b42f232edd4e"],
            (await AllocationsAsync("erpnext-backup")).Select(a => a.NodeID).Distinct()
        );
        Assert.Equal(
            _deployment.Nomad.Variable(VariablePaths.Data("erpnext"), VariablePaths.RedisPassword),
            _deployment.Nomad.Variable(VariablePaths.Backup("erpnext"), VariablePaths.RedisPassword)
        );
    }

    [Fact]
    public async Task Host_volumes_keep_their_content_on_their_node()
    {
        Use(OnHostVolumes);

        var result = await _deployment.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        var data = await AllocationsAsync("erpnext-data");
        Assert.Equal(
            ["00000001-5b56-5dd4-bffd-b42f232edd4e"],
            data.Where(a => a.TaskGroup is "database" or "redis-queue").Select(a => a.NodeID).Distinct()
        );
    }

    [Fact]
    public async Task The_entry_node_may_be_this_host()
    {
        Use(Answers with { Nomad = Answers.Nomad with { Node = "" } });

        Assert.Equal(0, (await _deployment.InstallAsync()).ExitCode);
    }

    [Fact]
    public async Task A_changed_password_of_Redis_goes_to_every_job_that_uses_it()
    {
        Use(Answers);
        await _deployment.InstallAsync();
        var stop = TestContext.Current.CancellationToken;
        var data = (await _deployment.Client.FindVariableAsync(VariablePaths.Data("erpnext"), stop))!;
        await _deployment.Client.PutVariableAsync(
            data.Path,
            new Dictionary<string, string> { [VariablePaths.RedisPassword] = "Another1" },
            data.ModifyIndex,
            stop
        );

        var plan = await _deployment.PlanAsync();
        await _deployment.InstallAsync();

        Assert.Equal(
            ["variable nomad/jobs/erpnext-init", "variable nomad/jobs/erpnext", "variable nomad/jobs/erpnext-verify"],
            plan.Changes.Where(c => c.Why == VariablePaths.RedisPassword).Select(c => c.Subject)
        );
        Assert.Equal(
            "Another1",
            _deployment.Nomad.Variable(VariablePaths.Application("erpnext"), VariablePaths.RedisPassword)
        );
        Assert.NotNull(_deployment.Nomad.Variable(VariablePaths.Init("erpnext"), VariablePaths.AdminPassword));
    }

    [Fact]
    public Task A_cluster_of_one_node_is_refused() =>
        IsRefused(
            Answers,
            nomad => nomad.ChangeNode("Status", "down", "node-b"),
            "a cluster needs 2 nodes or more, usable here: node-a"
        );

    [Fact]
    public Task The_data_node_must_be_in_the_cluster() =>
        IsRefused(
            Answers,
            nomad => nomad.ChangeNode("SchedulingEligibility", "ineligible", "node-b"),
            "node-b is the data node, and it is not eligible for new allocations"
        );

    [Fact]
    public void Without_named_nodes_Nomad_may_use_every_fit_node()
    {
        var jobs = JobCases.Build(Answers with { Nomad = Answers.Nomad with { Node = "rehearsal" } });

        Assert.DoesNotContain(jobs.SelectMany(j => j.Constraints), c => c.Attribute == "${node.unique.id}");
        Assert.Equal(
            ["database", "redis-queue", "frontend"],
            jobs.SelectMany(j => j.Groups).Where(g => g.Constraints.Count > 0).Select(g => g.Name)
        );
    }

    [Fact]
    public void The_frontend_mounts_the_volumes_of_certificate_and_sites()
    {
        var answers = JobCases.All["cluster-host-volumes"] with
        {
            Certificate = new CertificateAnswers { Delivery = CertificateDelivery.HostVolume },
        };

        var frontend = JobCases.Build(answers).Application.Groups.Single(g => g.Name == "frontend");

        Assert.Equal(["erpnext-ssl", "erpnext-sites"], frontend.Volumes.Select(v => v.Source));
        Assert.Equal(["certificate", "sites"], frontend.Tasks[0].VolumeMounts.Select(m => m.Volume));
    }

    [Fact]
    public Task A_named_node_must_be_ready() =>
        IsRefused(OnHostVolumes, nomad => nomad.ChangeNode("Status", "down", "node-b"), "node-b is down");

    [Fact]
    public Task A_named_node_must_be_eligible() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.ChangeNode("SchedulingEligibility", "ineligible", "node-b"),
            "node-b is not eligible for new allocations"
        );

    [Fact]
    public Task A_named_node_must_have_the_volume_of_the_sites() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.Rehearsed.MoreNodes[0].HostVolumes.Remove("erpnext-sites"),
            "node-b has no writable host volume erpnext-sites"
        );

    [Fact]
    public Task A_named_node_must_mount_volumes() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.ChangeNode("driver.docker.volumes.enabled", null, "node-b"),
            "node-b has no volumes in its docker plugin"
        );

    [Fact]
    public Task A_named_node_must_have_the_images_architecture() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.ChangeNode("cpu.arch", "arm64", "node-b"),
            "node-b is arm64, and the image is made for amd64"
        );

    [Fact]
    public Task A_named_node_must_be_in_the_datacenter_of_the_others() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.ChangeNode("Datacenter", "dc2", "node-b"),
            "node-b is in the datacenter dc2, and node-a in dc1"
        );

    [Fact]
    public Task A_node_that_publishes_ports_on_loopback_is_refused() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.ChangeNode("unique.network.ip-address", "127.0.0.1", "node-b"),
            "node-b publishes its ports on 127.0.0.1, where other nodes cannot reach them"
        );

    [Fact]
    public Task A_host_volume_of_the_data_must_exist_on_a_node() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.Rehearsed.MoreNodes[0].HostVolumes.Remove("erpnext-db"),
            "no node of the cluster has a writable host volume erpnext-db"
        );

    [Fact]
    public Task A_host_volume_of_the_data_must_exist_on_one_node_only() =>
        IsRefused(
            OnHostVolumes,
            nomad => nomad.Rehearsed.HostVolumes.Add("erpnext-db"),
            "node-a, node-b each have a host volume erpnext-db; only one of them can hold the data"
        );

    [Fact]
    public Task An_unknown_node_is_reported_with_the_list_of_nodes() =>
        IsRefused(
            OnHostVolumes with
            {
                Cluster = OnHostVolumes.Cluster with { Nodes = ["node-a", "node-c"] },
            },
            nomad => nomad.Rehearsed.MoreNodes[0] = new RehearsedNode("node-b", 1),
            "Nomad has no node node-c"
        );

    [Fact]
    public Task The_entry_node_must_be_in_the_cluster() =>
        IsRefused(
            OnHostVolumes with
            {
                Cluster = OnHostVolumes.Cluster with { Nodes = ["node-b", "node-c"] },
            },
            nomad => { },
            "node-a is the entry node and is not in cluster.nodes"
        );

    [Fact]
    public async Task A_group_that_fits_on_no_node_is_reported_with_the_names_of_the_nodes()
    {
        Use(Answers);
        _deployment.Nomad.Failures["backend"] = TaskFailure.Blocked;

        var blocked = await Refusal.OfAsync(ErrorCode.PlacementBlocked, _deployment.PlanAsync);

        Assert.Equal(
            "erpnext does not fit on node-a, node-b: backend: not enough memory (asks for 2 × 4096 MiB)",
            blocked.Message
        );
    }

    public void Dispose() => _deployment.Dispose();

    private void Use(AnswerFile answers)
    {
        _deployment.Answers = answers;
        RehearsedCluster.Prepare(_deployment.Nomad.Rehearsed, answers);
    }

    // The host check says it first; with that accepted, the deployment refuses and has written nothing.
    private async Task IsRefused(AnswerFile answers, Action<FaultyNomad> spoil, string message)
    {
        Use(answers with { Host = new HostAnswers { Accept = Accepted } });
        spoil(_deployment.Nomad);

        var result = await _deployment.InstallAsync();

        Assert.Equal(4, result.ExitCode);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.Contains(
            message,
            _deployment.Events.OfType<HostChecked>().Last(c => c.Check == CheckId.NomadNode).Found,
            StringComparison.Ordinal
        );
        Assert.Null(_deployment.Nomad.Variable(VariablePaths.Init("erpnext"), VariablePaths.AdminPassword));
    }

    private async Task<List<NomadAllocation>> AllocationsAsync(string job) =>
        (await _deployment.Client.GetAllocationsAsync(job, index: null, TestContext.Current.CancellationToken)).Value
        ?? [];
}
