using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.Following;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Nomad, or an operator, reverts the job to the previous version. The healthy allocations are then not those of the
/// new version.
/// </summary>
public sealed class RevertedDeploymentTests
{
    [Theory]
    [InlineData("failed", "Failed due to unhealthy allocations - rolling back to job version 0")]
    [InlineData("cancelled", "Cancelled because job is to a newer version")]
    public async Task A_revert_is_a_failure_though_the_newest_deployment_is_successful(string status, string words)
    {
        using var nomad = new RevertingNomad(status, words);
        using var rig = new RehearsedDeployment(nomad);
        await rig.InstallAsync();
        rig.Answers = rig.Answers with { Scale = new ScaleAnswers { QueueShort = 2 } };
        nomad.Reverts = true;

        var result = await rig.InstallAsync();

        Assert.Equal(
            (4, ErrorCode.DeploymentFailed.Word, $"erpnext: {words}"),
            (result.ExitCode, result.Error, result.Message)
        );
        Assert.Contains("nomad job status erpnext", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_run_after_a_revert_installs_the_wanted_version()
    {
        using var nomad = new RevertingNomad(
            "failed",
            "Failed due to unhealthy allocations - rolling back to job version 0"
        );
        using var rig = new RehearsedDeployment(nomad);
        await rig.InstallAsync();
        rig.Answers = rig.Answers with { Scale = new ScaleAnswers { QueueShort = 2 } };
        nomad.Reverts = true;
        await rig.InstallAsync();
        nomad.Reverts = false;

        var plan = await rig.PlanAsync();
        var again = await rig.InstallAsync();

        Assert.Equal("erpnext/queue-short × 1", Assert.Single(plan.Changes).Subject);
        Assert.Equal((0, null), (again.ExitCode, again.Message));
        Assert.Empty((await rig.PlanAsync()).Changes);
    }
}
