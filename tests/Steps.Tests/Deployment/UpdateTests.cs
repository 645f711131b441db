using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Another image for an existing site: the application is stopped only while the database changes.
/// </summary>
public sealed class UpdateTests : IDisposable
{
    private const string Stopping = "erpnext: stopping; the site shows its maintenance page";

    private readonly RehearsedDeployment _rig = new();

    public UpdateTests() => _rig.Choose("hrms");

    [Fact]
    public async Task While_the_database_changes_no_container_of_the_application_runs_but_the_frontend()
    {
        await _rig.InstallAsync();
        AddAnApp();

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        string[] turns = ["erpnext-init: registering", Stopping, "erpnext: registering"];
        Assert.Equal([turns[0], turns[2], turns[0], Stopping, turns[0], turns[2]], _rig.Told.Where(turns.Contains));
        Assert.Equal(RehearsedDeployment.ApplicationContainers, await _rig.RunningAsync());
    }

    [Fact]
    public async Task After_an_install_the_plan_has_nothing_to_do()
    {
        await _rig.InstallAsync();
        AddAnApp();
        await _rig.InstallAsync();

        var plan = await _rig.PlanAsync();

        Assert.Empty(plan.Changes);
    }

    [Fact]
    public async Task A_failure_before_any_change_starts_the_previous_application()
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        AddAnApp();
        _rig.Nomad.Failures["site"] = TaskFailure.MustStop;
        _rig.Nomad.OnFollowing = () =>
            _rig.Nomad.Failures["site"] = _rig.Told.Contains(Stopping)
                ? TaskFailure.NothingChanged
                : TaskFailure.MustStop;

        var result = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.AllocationFailed.Word), (result.ExitCode, result.Error));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.Contains("the previous application starts again", StringComparison.Ordinal)
        );
        Assert.Equal(before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_the_change_leaves_the_application_stopped_and_the_next_run_goes_on()
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { OnFailure = UpdateFailure.Stay } };
        AddAnApp();
        _rig.Nomad.OnFollowing = () =>
        {
            if (_rig.Told.Contains(Stopping))
            {
                _rig.Nomad.Failures["site"] = TaskFailure.ExitCode;
            }
        };

        var failed = await _rig.InstallAsync();
        var runningThen = await _rig.RunningAsync();
        _rig.FailNothing();
        var again = await _rig.InstallAsync();

        Assert.Equal(4, failed.ExitCode);
        Assert.Equal(1, runningThen);
        Assert.Single(_rig.Events.OfType<Log>(), l =>
            l.Line.StartsWith(
                "erpnext stays stopped, as its database may be half changed: users see the maintenance page",
                StringComparison.Ordinal
            )
        );
        Assert.Equal((0, null), (again.ExitCode, again.Message));
        Assert.Equal(RehearsedDeployment.ApplicationContainers, await _rig.RunningAsync());
    }

    public void Dispose() => _rig.Dispose();

    private void AddAnApp() => _rig.Choose("hrms", "crm");
}
