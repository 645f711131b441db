using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Verification;

namespace ErpInstaller.Tests.Verification;

public sealed class VerificationStepTests : IDisposable
{
    private readonly TestInstallation _installation = new();

    [Fact]
    public async Task A_good_site_is_reported_with_address_fingerprint_and_password_command()
    {
        var result = await InstallAsync((_, answer) => answer);

        Assert.True(result.ExitCode == 0, result.Message);
        Assert.Equal("https://erp.example.com", result.Outputs["url"]);
        Assert.Equal(_installation.State().Output(StepId.Certificate, "fingerprint"), result.Outputs["fingerprint"]);
        Assert.Equal("erp-installer secrets admin_password", result.Outputs["password"]);
        Assert.Equal($"{ContainerCount.Total(_installation.Answers)}", result.Outputs["containers"]);
    }

    [Theory]
    [InlineData(404, "", "ping: https://erp.example.com/api/method/ping: status 404: Frappe has no site of this name")]
    [InlineData(502, "", "status 502: the backend does not answer the frontend")]
    [InlineData(200, "<html>Welcome to nginx!</html>", "the answer does not come from Frappe")]
    public async Task A_site_that_does_not_answer_pong_fails(int status, string body, string said)
    {
        var result = await InstallAsync(
            (request, answer) =>
                request.Path.Contains("ping", StringComparison.Ordinal)
                    ? answer with
                    {
                        Status = status,
                        Body = body,
                    }
                    : answer
        );

        Assert.Equal(
            ((int)ExitCode.VerificationFailed, ErrorCode.VerificationFailed.Word, StepId.Verification),
            (result.ExitCode, result.Error, result.Step)
        );
        Assert.Contains(said, result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_certificate_fails()
    {
        var result = await InstallAsync(
            (_, answer) => answer with { Fingerprint = answer.Fingerprint is null ? null : "00:11" }
        );

        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.Contains(
            "the site presents another certificate: SHA-256 00:11",
            result.Message!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_HTTP_port_that_does_not_redirect_to_the_site_fails()
    {
        var result = await InstallAsync(
            (request, answer) => request.Tls ? answer : answer with { Location = "https://other.example.com/" }
        );

        Assert.Contains("redirect to HTTPS", result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_that_does_not_open_fails()
    {
        var result = await InstallAsync(
            (request, answer) => request.IsWebSocket ? answer with { Status = 400, Body = "" } : answer
        );

        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.Contains(
            "websocket: wss://erp.example.com/socket.io/?EIO=4&transport=websocket: status 400",
            result.Message!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_style_sheet_of_the_login_page_fails()
    {
        var result = await InstallAsync(
            (request, answer) =>
                request.Path.StartsWith("/assets/", StringComparison.Ordinal) ? answer with { Status = 404 } : answer
        );

        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.Contains(
            "assets: https://erp.example.com/assets/frappe/dist/css/login.bundle.css: status 404",
            result.Message!,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(404, "CRM: https://erp.example.com/crm: status 404")]
    [InlineData(500, "CRM: https://erp.example.com/crm: status 500")]
    public async Task The_page_of_each_chosen_app_is_checked(int status, string said)
    {
        _installation.Answers = _installation.Answers with { Apps = new AppsAnswers { Install = ["crm"] } };

        var result = await InstallAsync(
            (request, answer) => request.Path == "/crm" ? answer with { Status = status } : answer
        );

        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.Contains(said, result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_asset_of_an_apps_page_fails()
    {
        const string Gone = "/assets/helpdesk/desk/assets/index-Ab12xYz9.js";
        _installation.Answers = _installation.Answers with { Apps = new AppsAnswers { Install = ["helpdesk"] } };

        var result = await InstallAsync(
            (request, answer) =>
                request.Path == "/helpdesk" ? answer with { Body = $"<script src=\"{Gone}\">" }
                : request.Path == Gone ? answer with { Status = 404 }
                : answer
        );

        Assert.Contains(
            $"assets: https://erp.example.com{Gone}: status 404",
            result.Message!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_page_that_redirects_to_the_login_passes() =>
        Assert.Equal(
            0,
            (
                await InstallAsync(
                    (request, answer) => request.Path == "/crm" ? answer with { Status = 302, Body = "" } : answer
                )
            ).ExitCode
        );

    [Theory]
    [InlineData("sid=Guest; HttpOnly; Path=/", "the session cookie lacks Secure")]
    [InlineData("sid=Guest; Secure; Path=/", "the session cookie lacks HttpOnly")]
    [InlineData("full_name=Guest; Path=/", "the login page sets no session cookie")]
    public async Task A_session_cookie_without_Secure_or_HttpOnly_fails(string cookie, string said)
    {
        var result = await InstallAsync((_, answer) => answer with { Cookies = [cookie] });

        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.Contains($"cookie: https://erp.example.com/login: {said}", result.Message!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scheduler")]
    [InlineData("database")]
    public async Task A_second_container_of_a_single_group_fails(string group)
    {
        var result = await InstallAsync((_, answer) => answer, nomad => new DoubledGroup(nomad, group));

        Assert.Equal((int)ExitCode.VerificationFailed, result.ExitCode);
        Assert.Contains($"{group}: 2 of 1 running", result.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verification_waits_for_a_site_that_starts_slowly()
    {
        var asked = 0;

        var result = await InstallAsync(
            (_, answer) => ++asked <= 3 ? throw new SiteSilent("connection refused") : answer
        );

        Assert.True(result.ExitCode == 0, result.Message);
        Assert.Contains(_installation.Events.OfType<Progress>(), e => e.Text == "waiting: ping: connection refused");
    }

    public void Dispose() => _installation.Dispose();

    // The first run installs. The second run only verifies, on a clock that does not wait.
    private async Task<Finished> InstallAsync(
        Func<SiteRequest, SiteAnswer, SiteAnswer> spoil,
        Func<HttpMessageHandler, HttpMessageHandler>? between = null
    )
    {
        var first = await _installation.InstallAsync();
        Assert.True(first.ExitCode == 0, first.Message);
        using var nomad = new RehearsedNomad(
            new AssetSource(),
            TimeProvider.System,
            _installation.Directory.In("simulated-nomad.json")
        );
        using var client = new NomadClient(
            new NomadConnection { Address = new Uri("http://rehearsal") },
            between?.Invoke(nomad) ?? nomad
        );
        _installation.World = world =>
            world with
            {
                Nomad = client,
                Site = new FaultySite(new RehearsedSite(nomad, "erpnext"), spoil),
                Time = new ShortPausesTime(_installation.Time),
            };
        return await _installation.InstallAsync();
    }
}
