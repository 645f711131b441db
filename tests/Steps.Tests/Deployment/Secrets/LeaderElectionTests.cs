using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Deployment.Secrets;

/// <summary>Variables are written while the servers have no leader.</summary>
public sealed class LeaderElectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_installer_waits_for_Nomad_and_writes_each_Variable_once(bool isWritten)
    {
        using var election = new LeaderElection(lasts: 2, isWritten);
        using var rig = new RehearsedDeployment(election);

        var result = await rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(election.Written.Distinct(), election.Written);
        Assert.Contains("/v1/var/nomad/jobs/erpnext-init", election.Written);
        Assert.Equal(
            rig.Nomad.Variable("nomad/jobs/erpnext-init", "db_root_password"),
            rig.Nomad.Variable("nomad/jobs/erpnext-data/database", "db_root_password")
        );
        Assert.Contains(rig.Events.OfType<Log>(), l =>
            l.Level == LogLevel.Warning
            && l.Line.Contains("No cluster leader; asking again in 1 s", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_server_that_has_just_started_may_deny_the_token_for_a_moment()
    {
        using var election = new LeaderElection(lasts: 2, isWritten: false) { DeniesAtLast = true };
        using var rig = new RehearsedDeployment(election);

        var result = await rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Contains(rig.Events.OfType<Log>(), l =>
            l.Line.Contains("does not know its tokens yet", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_container_that_does_not_end_is_reported_and_the_next_run_resumes()
    {
        using var election = new LeaderElection(lasts: 5, isWritten: false);
        using var rig = new RehearsedDeployment(election);

        var first = await rig.InstallAsync();
        var second = await rig.InstallAsync();

        Assert.Equal(
            (4, ErrorCode.NomadUnreachable.Word, StepId.Deployment),
            (first.ExitCode, first.Error, first.Step)
        );
        Assert.EndsWith("cannot answer now: No cluster leader", first.Message, StringComparison.Ordinal);
        Assert.Contains("nomad server members", first.Hint!, StringComparison.Ordinal);
        Assert.Equal((0, null), (second.ExitCode, second.Message));
    }
}
