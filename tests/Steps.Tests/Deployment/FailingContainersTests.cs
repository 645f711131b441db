using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>Containers that fail: the operator soon reads the cause and the remedy, and the next run goes on.</summary>
public sealed class FailingContainersTests : IDisposable
{
    private readonly RehearsedDeployment _rig = new();

    [Theory]
    [InlineData(
        "database",
        TaskFailure.ImagePull,
        "erpnext-data/database: mariadb: Failed to pull",
        "The registry's name does not resolve"
    )]
    [InlineData(
        "database",
        TaskFailure.VolumesDisabled,
        "erpnext-data/database: mariadb: Failed to create container",
        "volumes { enabled = true }"
    )]
    [InlineData(
        "backend",
        TaskFailure.MissingNetwork,
        "erpnext/backend: backend: Failed to start container",
        "Run the same command again"
    )]
    [InlineData(
        "queue-long",
        TaskFailure.OutOfMemory,
        "erpnext/queue-long: queue-long: Exit Code: 137, Exit Message: \"OOM Killed\"",
        "It was killed because its memory ran out: give it more, resources.queue_long.memory"
    )]
    [InlineData(
        "queue-long",
        TaskFailure.Killed,
        "erpnext/queue-long: queue-long: Exit Code: 137, Exit Message: \"Docker container exited",
        "It was killed, most likely because its memory ran out: give it more, resources.queue_long.memory"
    )]
    [InlineData(
        "site",
        TaskFailure.Stopped,
        "erpnext-init/site: configurator: Exit Code: 143",
        "Docker, Nomad or the host was stopped or restarted meanwhile: systemctl status docker nomad. Run the same "
            + "command again: erp-installer install"
    )]
    [InlineData(
        "site",
        TaskFailure.OutOfMemory,
        "erpnext-init/site: configurator: Exit Code: 137, Exit Message: \"OOM Killed\"",
        "It was killed because its memory ran out: give it more, resources.init.memory"
    )]
    [InlineData(
        "websocket",
        TaskFailure.ExitCode,
        "erpnext/websocket: websocket: Exit Code: 3",
        "erp-installer logs websocket"
    )]
    public async Task The_cause_and_the_hint_come_long_before_the_deadline(
        string group,
        TaskFailure failure,
        string message,
        string hint
    )
    {
        _rig.Nomad.Failures[group] = failure;

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.AllocationFailed.Word), (result.ExitCode, result.Error));
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
        Assert.Contains(hint, result.Hint!, StringComparison.Ordinal);
        Assert.NotEmpty(result.Details);
        Assert.InRange(result.Seconds, 0, 300);
    }

    [Fact]
    public async Task The_first_failure_is_reported_with_its_cause_and_the_fourth_ends_the_run()
    {
        _rig.Nomad.Failures["websocket"] = TaskFailure.ExitCode;

        var result = await _rig.InstallAsync();

        Assert.Equal(ErrorCode.AllocationFailed.Word, result.Error);
        Assert.Single(_rig.Events.OfType<Log>(), l =>
            l.Line.StartsWith("erpnext/websocket: websocket: Exit Code: 3", StringComparison.Ordinal)
            && l.Line.EndsWith("; Nomad restarts it", StringComparison.Ordinal)
        );
        Assert.Equal(4, _rig.Events.OfType<ContainerSeen>().Max(c => c.Restarts));
    }

    [Theory]
    [InlineData("database", TaskFailure.ImagePull, "erpnext-data/database × 1")]
    [InlineData("site", TaskFailure.ExitCode, "erpnext-init/site × 1")]
    [InlineData("backend", TaskFailure.VolumesDisabled, "erpnext/backend × 1")]
    public async Task After_a_correction_the_next_run_tries_the_group_again(
        string group,
        TaskFailure failure,
        string replaced
    )
    {
        _rig.Nomad.Failures[group] = failure;
        await _rig.InstallAsync();
        _rig.Nomad.Failures.Clear();

        var plan = await _rig.PlanAsync();
        var result = await _rig.InstallAsync();

        var change = Assert.Single(plan.Changes, c => c.Subject == replaced);
        Assert.Equal(ChangeKind.Replace, change.Kind);
        Assert.DoesNotContain(plan.Changes, c => c.Kind == ChangeKind.Replace && c.Subject != replaced);
        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Empty((await _rig.PlanAsync()).Changes);
    }

    [Fact]
    public async Task A_container_that_never_becomes_healthy_ends_at_the_deadline_of_the_answers()
    {
        _rig.Nomad.Failures["redis-queue"] = TaskFailure.NeverHealthy;

        var result = await _rig.InstallAsync();

        Assert.Equal((124, ErrorCode.StepTimedOut.Word), (result.ExitCode, result.Error));
        Assert.Equal(
            "erpnext-data: 3 of 4 healthy; redis-queue: Task started by client (waited 20 min)",
            result.Message
        );
        Assert.Contains("deadlines.data", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_continues_to_follow_its_jobs()
    {
        _rig.Nomad.Failures["redis-queue"] = TaskFailure.NeverHealthy;
        using var interruption = new CancellationTokenSource();
        var asked = 0;
        _rig.Nomad.OnFollowing = () =>
        {
            if (++asked == 20)
            {
                interruption.Cancel();
            }
        };

        var first = await _rig.InstallAsync(interruption.Token);
        _rig.Nomad.Failures.Clear();
        var second = await _rig.InstallAsync();

        Assert.Equal(130, first.ExitCode);
        Assert.Equal((0, null), (second.ExitCode, second.Message));
        Assert.Contains("erpnext-data: 4 of 4 healthy", _rig.Told);
    }

    public void Dispose() => _rig.Dispose();
}
