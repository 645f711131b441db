using System.Globalization;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// The frontend's nginx when its backend moves. The tests use their own frontends, because all of them lack the backend
/// for some seconds.
/// </summary>
public sealed class NginxRecoveryTests : IClassFixture<Frontends>
{
    private readonly Frontends _frontends;

    public NginxRecoveryTests(Frontends frontends)
    {
        DockerEnvironment.Require();
        _frontends = frontends;
    }

    [Fact]
    public async Task A_backend_that_comes_back_with_another_address_is_found_again()
    {
        await _frontends.BodyAsync("/app");

        var (before, after) = await _frontends.MoveBackendAsync();

        Assert.NotEqual(before, after);
        await _frontends.BashAsync(
            $"for i in {{1..100}}; do {Frontends.Trusting} -m 3 -f -o /dev/null https://{Frontends.Site}:8443/app "
                + "2>/dev/null && exit; sleep 0.2; done; exit 1"
        );
    }

    [Fact]
    public async Task While_there_is_no_backend_each_request_is_answered_within_two_seconds()
    {
        await _frontends.BodyAsync("/app");

        await _frontends.KillBackendAsync();
        var answers = await _frontends.BashAsync(
            $"for path in app login api/method/ping app socket.io/ app; do {Frontends.Trusting} -m 9 -o /dev/null -w "
                + $"'%{{http_code}} %{{time_total}}\\n' "
                + $"https://{Frontends.Site}:8443/$path; sleep 0.7; done; true"
        );
        await _frontends.StartBackendAsync();

        Assert.All(answers.Trim().Split('\n').Select(a => a.Split(' ')), a =>
        {
            Assert.Equal("503", a[0]);
            Assert.InRange(double.Parse(a[1], CultureInfo.InvariantCulture), 0, 2);
        });
    }
}
