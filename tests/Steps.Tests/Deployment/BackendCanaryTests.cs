using ErpInstaller.Run;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// A backend that is replaced: its successor starts beside it where there is room, and no request is lost.
/// </summary>
public sealed class BackendCanaryTests : IDisposable
{
    private readonly RehearsedDeployment _rig = new();

    public BackendCanaryTests() => Take(memory: 1024);

    [Fact]
    public async Task A_backend_serves_until_its_successor_is_healthy()
    {
        await _rig.InstallAsync();
        var fewest = int.MaxValue;
        Take(memory: 1536);
        _rig.Nomad.OnFollowing = () => fewest = Math.Min(fewest, _rig.Nomad.Running("erpnext", "backend"));

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(1, fewest);
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));
    }

    [Fact]
    public async Task The_plan_says_that_it_is_replaced()
    {
        await _rig.InstallAsync();
        Take(memory: 1536);

        var plan = await _rig.PlanAsync();

        var change = Assert.Single(plan.Changes, c =>
            c.Subject.StartsWith("erpnext/backend", StringComparison.Ordinal)
        );
        Assert.Equal((ChangeKind.Replace, "erpnext/backend × 1"), (change.Kind, change.Subject));
    }

    [Fact]
    public async Task Without_room_for_another_backend_the_old_one_ends_first()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.HasRoomForCanaries = false;
        Take(memory: 1536);

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));
    }

    [Fact]
    public async Task A_change_of_free_room_alone_changes_no_job()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.HasRoomForCanaries = false;
        Take(memory: 1536);
        await _rig.InstallAsync();
        _rig.Nomad.Client.HasRoomForCanaries = true;

        var plan = await _rig.PlanAsync();

        Assert.True(plan.InPlace, plan.Summary);
    }

    public void Dispose() => _rig.Dispose();

    private void Take(int memory) =>
        _rig.Answers = _rig.Answers with
        {
            Resources = _rig.Answers.Resources with
            {
                Backend = _rig.Answers.Resources.Backend with { Memory = memory },
            },
        };
}
