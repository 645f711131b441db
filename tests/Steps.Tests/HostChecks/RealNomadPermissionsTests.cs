using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Secrets;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>Runs against the real agent of NOMAD_ADDR, with the token of NOMAD_TOKEN.</summary>
public sealed class RealNomadPermissionsTests
{
    [Fact]
    public async Task A_sufficient_token_passes_and_the_probe_leaves_nothing_behind()
    {
        Assert.SkipWhen(
            string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOMAD_ADDR")),
            "needs a real Nomad agent: NOMAD_ADDR is not set"
        );
        var connection = NomadConnections.From(new NomadAnswers(), new SecretStore());
        using var nomad = new NomadClient(connection, connection.CreateHandler());
        var job = $"host-checks-{Guid.NewGuid():N}";

        var denied = await PermissionProbe.DeniedAsync(nomad, job, TestContext.Current.CancellationToken);

        Assert.Empty(denied);
        Assert.Null(await nomad.FindVariableAsync($"nomad/jobs/{job}", TestContext.Current.CancellationToken));
        Assert.Null(await nomad.FindJobAsync("erp-installer-permission-check", TestContext.Current.CancellationToken));
    }
}
