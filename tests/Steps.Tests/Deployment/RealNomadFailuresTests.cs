using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Containers that really fail, on the real agent that NOMAD_ADDR names. The messages of Nomad and Docker are read like
/// those of the simulated ones.
/// </summary>
public sealed class RealNomadFailuresTests : IAsyncDisposable
{
    private readonly NomadRest _rest = NomadRest.Require();
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly TestInstallation _installation = new();
    private readonly NomadClient _nomad;
    private readonly string _job = $"fails-{Guid.NewGuid():N}"[..16];

    public RealNomadFailuresTests()
    {
        var connection = new NomadConnection { Address = _rest.Address };
        _nomad = new NomadClient(connection, connection.CreateHandler());
        _installation.World = world => world with { Nomad = _nomad, Time = TimeProvider.System };
    }

    [Fact]
    public async Task A_container_that_runs_is_healthy()
    {
        await FollowAsync(Job("sleep 600"));

        Assert.Contains($"{_job}: 1 of 1 healthy", ProgressTexts());
    }

    [Fact]
    public async Task A_container_that_runs_once_and_succeeds_is_complete() => await FollowAsync(Once("echo done"));

    [Fact]
    public async Task The_output_of_a_failed_batch_container_is_reported()
    {
        var failure = await FailureAsync(Once("echo this is why >&2; exit 3"));

        Assert.StartsWith($"{_job}/one: task: Exit Code: 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("this is why", failure.Details);
    }

    [Fact]
    public async Task The_log_of_the_init_job_is_followed_and_its_exit_code_is_reported()
    {
        var once = Once(
            "echo create-site: installing hrms; sleep 3; echo create-site: it broke >&2; echo create-site: hint: do "
                + "this >&2; sleep 2; exit 75"
        );
        var group = once.Groups[0] with { Name = ContainerGroups.Init.Group };
        var apps = new Dictionary<string, string> { ["APPS"] = "erpnext hrms" };

        var failure = await FailureAsync(
            once with
            {
                Groups = [group.WithTasks(t => t with { Name = "create-site", Env = apps })],
            }
        );

        Assert.Contains($"{_job}: installing hrms (2 of 2)", ProgressTexts());
        Assert.Equal(($"{_job}/site: create-site: it broke", 75), (failure.Message, failure.TaskExitCode));
        Assert.StartsWith("do this", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_keeps_failing_is_reported_with_its_last_output()
    {
        var failure = await FailureAsync(Job("echo this is why >&2; exit 3"));

        Assert.StartsWith($"{_job}/one: task: Exit Code: 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("this is why", failure.Details);
    }

    [Fact]
    public async Task A_container_that_ran_out_of_memory_is_reported_as_such()
    {
        var failure = await FailureAsync(Once("exec tail /dev/zero"));

        Assert.Contains("Exit Code: 137", failure.Message, StringComparison.Ordinal);
        Assert.Contains("its memory ran out", failure.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_the_registry_lacks_is_reported_at_once()
    {
        var failure = await FailureAsync(
            Job("true", t => t with { Image = $"{LocalRegistry.RequireAddress()}/none:1" })
        );

        Assert.StartsWith($"{_job}/one: task: Failed to pull", failure.Message, StringComparison.Ordinal);
        Assert.Contains("docker pull", failure.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_Docker_network_is_reported_at_once()
    {
        var failure = await FailureAsync(Job("true", t => t with { Network = $"{_job}-none" }));

        Assert.Contains("not found", failure.Message, StringComparison.Ordinal);
        Assert.Contains("it creates the network again", failure.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_Variable_is_named_at_the_deadline()
    {
        var template = new JobTemplate(
            $$$"""{{with nomadVar "nomad/jobs/{{{_job}}}"}}{{.x}}{{end}}""",
            "secrets/x",
            "0400",
            0
        );

        var failure = await Refusal.OfAsync(ErrorCode.StepTimedOut, () =>
            FollowAsync(Job("true", t => t with { Templates = [template] }), minutes: 1)
        );

        Assert.Contains($"nomad/jobs/{_job}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_missing_resource_is_named_at_the_deadline()
    {
        var failure = await Refusal.OfAsync(ErrorCode.StepTimedOut, () =>
            FollowAsync(Job("true", t => t with { Memory = 100_000_000 }), minutes: 1)
        );

        Assert.Contains("one: waiting for resources: not enough memory", failure.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _rest.SendAsync(HttpMethod.Delete, $"/v1/job/{_job}?purge=true");
        _rest.Dispose();
        _nomad.Dispose();
        _installation.Dispose();
    }

    private IEnumerable<string> ProgressTexts() => _installation.Events.OfType<Progress>().Select(p => p.Text);

    private Task<AllocationFailed> FailureAsync(Job job) =>
        Assert.ThrowsAsync<AllocationFailed>(() => FollowAsync(job, minutes: 5));

    private async Task FollowAsync(Job job, int minutes = 5)
    {
        Assert.Equal(0, (await _docker.DockerAsync("image", "inspect", DockerEnvironment.Redis)).ExitCode);
        var cancellation = TestContext.Current.CancellationToken;
        var node = (await _nomad.ListNodesAsync(cancellation))[0];
        var placed = job with { Datacenter = node.Datacenter };
        var json = JobJson.Render(placed);
        await _nomad.ValidateAsync(json, cancellation);
        var planned = new PlannedJob(placed, json, await _nomad.PlanAsync(json, cancellation));
        var follower = new JobFollower(
            _installation.ContextOf(new DeploymentStep()),
            placed,
            "deadlines.data",
            minutes
        );
        await follower.RegisterAndFollowAsync(planned, cancellation);
    }

    private Job Once(string line)
    {
        var job = Job(line);
        return job with { IsBatch = true, Groups = [job.Groups[0] with { Restarts = false }] };
    }

    private Job Job(string line, Func<JobTask, JobTask>? change = null)
    {
        var task = new JobTask
        {
            Name = "task",
            Image = DockerEnvironment.Redis,
            Command = "bash",
            Args = ["-c", line],
            Network = "bridge",
            Mhz = 50,
            Memory = 32,
        };
        return new Job
        {
            Id = _job,
            Namespace = "default",
            Datacenter = "dc1",
            NodePool = "default",
            Meta = JobPolicies.Labels,
            Constraints = [],
            Groups = [new JobGroup { Name = "one", Tasks = [change is null ? task : change(task)] }],
        };
    }
}
