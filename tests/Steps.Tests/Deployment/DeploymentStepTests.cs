using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Deployment;

public sealed class DeploymentStepTests : IDisposable
{
    private static readonly string ApplicationHealthy = AllHealthy("erpnext", JobRole.Application);
    private static readonly string DataHealthy = AllHealthy("erpnext-data", JobRole.Data);

    private readonly RehearsedDeployment _rig = new();

    [Fact]
    public async Task The_network_has_the_MTU_of_a_host_behind_a_tunnel()
    {
        _rig.FaultyDocker.Networks.Add(
            new DockerNetwork("bridge", "bridge", new Dictionary<string, string>()) { Mtu = 1420 }
        );

        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);

        Assert.Equal(1420, _rig.FaultyDocker.CreatedMtu);
    }

    [Fact]
    public async Task The_jobs_are_registered_in_order_each_after_the_previous_one_is_healthy()
    {
        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        var registrations = _rig.Told.Where(t => t.EndsWith(": registering", StringComparison.Ordinal));
        Assert.Equal(["erpnext-data: registering", "erpnext-init: registering", "erpnext: registering"], registrations);
        Assert.Contains(DataHealthy, _rig.Told);
        Assert.Contains(ApplicationHealthy, _rig.Told);
    }

    [Fact]
    public async Task Progress_is_consistent_when_deployment_and_allocations_were_read_at_different_moments()
    {
        using var rig = new RehearsedDeployment(new DeploymentsAhead());

        Assert.Equal(0, (await rig.InstallAsync()).ExitCode);

        Assert.DoesNotContain(rig.Told, t => t.Contains("of 0 healthy", StringComparison.Ordinal));
        Assert.Single(rig.Told, t => t.StartsWith(DataHealthy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_container_is_reported_until_it_runs_or_is_complete()
    {
        await _rig.InstallAsync();

        var last = _rig
            .Events.OfType<ContainerSeen>()
            .GroupBy(c => (c.Allocation, c.Task))
            .Select(g => g.Last())
            .ToList();
        Assert.Equal(RehearsedDeployment.AllContainers, last.Count);
        Assert.All(last.Where(c => c.Job == "erpnext-init"), c => Assert.Equal(("dead", false), (c.State, c.Failed)));
        Assert.All(last.Where(c => c.Job != "erpnext-init"), c =>
            Assert.Equal(("running", true), (c.State, c.Healthy))
        );
    }

    [Fact]
    public async Task On_the_full_screen_rehearsed_containers_start_one_after_another()
    {
        using var watched = new RehearsedDeployment(atOnce: RehearsalPace.Watched.AtOnce);

        await watched.InstallAsync();

        var seen = watched.Events.OfType<ContainerSeen>().ToList();
        Assert.Equal(RehearsedDeployment.AllContainers, seen.Select(c => c.Task).Distinct().Count());

        // One event can report two containers. If the containers of a job started together, there would be four events.
        Assert.InRange(
            seen.Where(c => c is { State: "running", Healthy: null }).Select(c => c.At).Distinct().Count(),
            8,
            RehearsedDeployment.AllContainers
        );
        Assert.InRange(
            RehearsalPace.Watched.Stage * seen.Select(c => c.At).Distinct().Count(),
            TimeSpan.FromSeconds(3),
            TimeSpan.FromSeconds(8)
        );
    }

    [Fact]
    public async Task A_second_run_finds_everything_in_place_and_writes_nothing()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Requests.Clear();

        var result = await _rig.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.True(_rig.Events.OfType<StepFinished>().Last(s => s.Step == StepId.Deployment).Skipped);
        Assert.DoesNotContain("PUT /v1/jobs", _rig.Nomad.Requests);
        Assert.DoesNotContain(_rig.Nomad.Requests, r => r.StartsWith("PUT /v1/var", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Passwords_are_made_once_and_kept()
    {
        await _rig.InstallAsync();
        var root = _rig.Nomad.Variable("nomad/jobs/erpnext-data/database", "db_root_password");
        _rig.Answers = _rig.Answers with { Scale = new ScaleAnswers { Backend = 2 } };

        await _rig.InstallAsync();

        Assert.Matches("^[A-Za-z0-9]{32}$", root);
        Assert.Equal(root, _rig.Nomad.Variable("nomad/jobs/erpnext-data/database", "db_root_password"));
        Assert.Equal(root, _rig.Nomad.Variable("nomad/jobs/erpnext-init", "db_root_password"));
        Assert.DoesNotContain(_rig.Events, e => e.ToString().Contains(root!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_count_replaces_no_container()
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Scale = new ScaleAnswers { QueueShort = 2 } };

        var plan = await _rig.PlanAsync();

        var change = Assert.Single(plan.Changes);
        Assert.Equal(
            (ChangeKind.Create, "erpnext/queue-short × 1", "Count: 1 → 2"),
            (change.Kind, change.Subject, change.Why)
        );
        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);
    }

    [Fact]
    public async Task A_foreign_job_with_our_name_is_refused()
    {
        var strange = JobJson.Render(JobCases.Build(JobCases.Default).Application);
        strange["Meta"] = null;
        await _rig.Client.RegisterAsync(strange, 0, "", TestContext.Current.CancellationToken);

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.ForeignJob.Word), (result.ExitCode, result.Error));
        Assert.Equal("The Nomad job erpnext exists and was not made by this installer", result.Message);
    }

    [Fact]
    public async Task A_foreign_network_with_our_name_is_refused()
    {
        await _rig.Docker.CreateNetworkAsync(
            "erpnext",
            new Dictionary<string, string>(),
            mtu: null,
            TestContext.Current.CancellationToken
        );

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.ForeignJob.Word), (result.ExitCode, result.Error));
        Assert.Contains("docker network rm erpnext", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_network_with_another_driver_is_refused()
    {
        _rig.FaultyDocker.Networks.Add(new DockerNetwork("erpnext", "macvlan", JobPolicies.Labels));

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.ForeignJob.Word), (result.ExitCode, result.Error));
        Assert.StartsWith(
            "The Docker network erpnext (driver macvlan) exists",
            result.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_job_that_does_not_fit_is_reported_before_anything_is_registered()
    {
        _rig.Answers = _rig.Answers with
        {
            Resources = new ResourcesAnswers
            {
                Database = new ContainerResources { Cpu = 500, Memory = 900_000 },
            },
        };
        _rig.Answers = _rig.Answers with
        {
            Host = new HostAnswers
            {
                Accept = new Dictionary<string, string> { ["nomad-capacity"] = "to see what the plan says" },
            },
        };

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.PlacementBlocked.Word), (result.ExitCode, result.Error));
        Assert.Matches(
            @"^erpnext-data does not fit on .+: database: not enough memory \(asks for 900000 of the node's \d+ MiB\)$",
            result.Message
        );
        Assert.DoesNotContain("PUT /v1/jobs", _rig.Nomad.Requests);
    }

    [Fact]
    public async Task A_job_that_was_registered_after_the_plan_is_not_overwritten()
    {
        _rig.Nomad.BeforeRegister = id =>
        {
            var changed = JobJson.Render(JobCases.Build(JobCases.Default).Data);
            changed["Priority"] = 60;
            return id == "erpnext-data" ? changed : null;
        };

        var result = await _rig.InstallAsync();

        Assert.Equal((6, ErrorCode.PlanOutdated.Word), (result.ExitCode, result.Error));
        Assert.Equal("The job erpnext-data changed at Nomad since it was planned", result.Message);
    }

    [Fact]
    public async Task A_token_without_submit_job_is_reported_with_the_missing_capability()
    {
        _rig.Nomad.Deny = request => request == "PUT /v1/jobs";

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.NomadDenied.Word), (result.ExitCode, result.Error));
        Assert.Contains("namespace submit-job", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_installer_waits_for_a_lost_leader_and_says_so()
    {
        _rig.Nomad.OnFollowing = () =>
        {
            _rig.Nomad.OnFollowing = null;
            _rig.Nomad.FailNext(HttpStatusCode.InternalServerError, "rpc error: No cluster leader");
            _rig.Nomad.FailNext(HttpStatusCode.InternalServerError, "No cluster leader");
            _rig.Nomad.FailNext(HttpStatusCode.BadGateway, "");
        };

        var result = await _rig.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.Contains("No cluster leader; asking again in 1 s", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_registration_whose_answer_was_lost_is_found_again_and_followed()
    {
        _rig.AnswersToLose = 3;

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.Contains("Connection reset by peer; asking again in 1 s", StringComparison.Ordinal)
        );
        Assert.Equal([DataHealthy, ApplicationHealthy], _rig.Told.Intersect([DataHealthy, ApplicationHealthy]));
    }

    [Fact]
    public async Task A_request_is_repeated_after_Nomad_denied_the_token_for_a_moment()
    {
        DenyWhileFollowing(calls: 3);

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.Contains("it expired or was revoked; asking again in 1 s", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_expired_token_ends_the_run_and_the_next_run_continues()
    {
        DenyWhileFollowing(calls: int.MaxValue);

        var result = await _rig.InstallAsync();
        _rig.Nomad.Deny = null;
        var next = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.TokenExpired.Word), (result.ExitCode, result.Error));
        Assert.Contains("Run the same command again with another token", result.Hint!, StringComparison.Ordinal);
        Assert.Equal((0, null), (next.ExitCode, next.Message));
    }

    [Fact]
    public async Task A_foreign_volume_with_our_name_is_refused_before_anything_is_registered()
    {
        _rig.FaultyDocker.Volumes.Add(new DockerVolume("erpnext-db-data", "local", new Dictionary<string, string>()));

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.ForeignJob.Word), (result.ExitCode, result.Error));
        Assert.Equal(
            "The Docker volume erpnext-db-data (driver local) exists and was not made by this installer",
            result.Message
        );
        Assert.DoesNotContain("PUT /v1/jobs", _rig.Nomad.Requests);
    }

    [Fact]
    public async Task A_volume_of_an_earlier_installation_is_used_again()
    {
        _rig.FaultyDocker.Volumes.Add(new DockerVolume("erpnext-sites", "local", JobPolicies.Labels));

        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);
    }

    public void Dispose() => _rig.Dispose();

    private static string AllHealthy(string job, JobRole role)
    {
        var count = ContainerGroups.Of(role).Count();
        return $"{job}: {count} of {count} healthy";
    }

    private void DenyWhileFollowing(int calls) =>
        _rig.Nomad.OnFollowing = () =>
        {
            _rig.Nomad.OnFollowing = null;
            var left = calls;
            _rig.Nomad.Deny = _ => left-- > 0;
        };
}
