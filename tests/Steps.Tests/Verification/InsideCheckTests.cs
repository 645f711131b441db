using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Verification;

namespace ErpInstaller.Tests.Verification;

/// <summary>The handling of verify.py's findings, and when it runs.</summary>
public sealed class InsideCheckTests : IDisposable
{
    private const string Register = "PUT /v1/jobs";

    private readonly TestInstallation _installation = new();
    private readonly FaultyNomad _nomad;
    private readonly NomadClient _client;

    public InsideCheckTests()
    {
        _nomad = new FaultyNomad(TimeProvider.System, _installation.Directory.In("simulated-nomad.json"));
        _client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, _nomad);
        _installation.World = world =>
            world with
            {
                Nomad = _client,
                Site = new RehearsedSite(_nomad.Rehearsed, "erpnext"),
            };
    }

    [Fact]
    public async Task A_failed_inside_check_fails_the_verification_with_a_command()
    {
        Finds(
            """{"check": "inside-links", "ok": false, "found": "links in mails begin with http://erp.example.com"}"""
        );

        var result = await _installation.InstallAsync();

        Assert.Equal(
            ((int)ExitCode.VerificationFailed, ErrorCode.VerificationFailed.Word, StepId.Verification),
            (result.ExitCode, result.Error, result.Step)
        );
        Assert.Equal("inside-links: links in mails begin with http://erp.example.com", result.Message);
        Assert.Contains(
            "erp-installer bench -- set-config host_name https://erp.example.com",
            result.Hint!,
            StringComparison.Ordinal
        );
        Assert.Contains("erp-installer install", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_run_repeats_failed_inside_checks_and_no_passed_ones()
    {
        Finds("""{"check": "inside-pdf", "ok": false, "found": "HostNotFoundError"}""");
        var failed = await _installation.InstallAsync();
        _nomad.Client.Output["verify"] = RehearsedVerifyOutput.Good;

        var second = await _installation.InstallAsync();
        var looks = _nomad.Requests.Count(r => r == Register);
        var third = await _installation.InstallAsync();

        Assert.Equal([(int)ExitCode.VerificationFailed, 0, 0], new[] { failed, second, third }.Select(r => r.ExitCode));
        Assert.Equal(looks, _nomad.Requests.Count(r => r == Register));
    }

    [Fact]
    public async Task A_warning_is_logged_and_the_site_counts_as_installed()
    {
        Finds(
            """
            {"check": "inside-scheduler", "ok": true, "warning": true, "found": "the scheduler is disabled in the site"}
            """
        );

        var result = await _installation.InstallAsync();

        Assert.True(result.ExitCode == 0, result.Message);
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Level == LogLevel.Warning && l.Line == "inside-scheduler: the scheduler is disabled in the site"
        );
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(TaskFailure.ExitCode, (int)ExitCode.VerificationFailed)]
    public async Task Without_the_right_to_read_logs_the_exit_code_decides(TaskFailure? failure, int exitCode)
    {
        _nomad.Deny = called => called.StartsWith("GET /v1/client/fs/logs", StringComparison.Ordinal);
        if (failure is { } failed)
        {
            _nomad.Failures["look"] = failed;
        }

        Assert.Equal(exitCode, (await _installation.InstallAsync()).ExitCode);
    }

    [Fact]
    public async Task A_node_without_room_for_the_verify_job_is_a_warning()
    {
        _nomad.Failures["look"] = TaskFailure.Blocked;

        var result = await _installation.InstallAsync();

        Assert.True(result.ExitCode == 0, result.Message);
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("inside: the inside checks did not run: no node has room", StringComparison.Ordinal)
        );
        Assert.Null(_nomad.Variable("nomad/jobs/erpnext-verify", "redis_password"));
    }

    [Fact]
    public async Task The_verify_job_does_not_count_as_a_container()
    {
        var result = await _installation.InstallAsync();

        Assert.Equal($"{ContainerCount.Total(_installation.Answers)}", result.Outputs["containers"]);
        Assert.DoesNotContain(_installation.Events.OfType<ContainerSeen>(), c => c.Job == "erpnext-verify");
    }

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10", null)]
    [InlineData("198.51.100.7", "192.0.2.10", "erp.example.com resolves to 198.51.100.7; the node is 192.0.2.10")]
    [InlineData(
        "192.0.2.10 2001:db8::10",
        "192.0.2.10",
        "has the IPv6 address 2001:db8::10, but Nomad publishes the ports on IPv4 only"
    )]
    [InlineData("", "192.0.2.10", "erp.example.com has no address in DNS")]
    public void A_name_that_does_not_resolve_to_the_node_is_a_warning(string found, string node, string? said)
    {
        var answers = new AnswerFile { Site = new SiteAnswers { Name = "erp.example.com" } };
        IPAddress[] addresses = [.. found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];

        var warning = SiteNames.Warning(addresses, answers, node);

        if (said is null)
        {
            Assert.Null(warning);
        }
        else
        {
            Assert.Contains(said, warning, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(443, true, true, "curl -I https://erp.example.com/login")]
    [InlineData(
        8443,
        false,
        false,
        "curl -I -k --resolve erp.example.com:8443:192.0.2.10 https://erp.example.com:8443/login"
    )]
    public void The_outputs_have_a_command_for_another_machine(int port, bool leadsHere, bool trusted, string line) =>
        Assert.Equal(
            line,
            SiteNames.Elsewhere(
                new AnswerFile
                {
                    Site = new SiteAnswers { Name = "erp.example.com", HttpsPort = port },
                },
                "192.0.2.10",
                leadsHere,
                trusted
            )
        );

    public void Dispose()
    {
        _client.Dispose();
        _nomad.Dispose();
        _installation.Dispose();
    }

    private void Finds(string line) => _nomad.Client.Output["verify"] = $"{line}\n{{\"looks\": 1, \"failed\": 1}}\n";
}
