using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// The output of the init job while it runs, and the messages for the operator when Nomad has removed its log.
/// </summary>
public sealed class InitLogTests : IDisposable
{
    private const string Logs = "GET /v1/client/fs/logs/";

    private readonly RehearsedDeployment _rig = new();

    [Fact]
    public async Task Each_app_is_named_while_it_is_installed()
    {
        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        var published = _rig
            .Events.OfType<Progress>()
            .Where(p => p.Text.StartsWith("erpnext-init: ", StringComparison.Ordinal))
            .ToList();
        var apps = published.Where(p => p.Text.Contains(": installing ", StringComparison.Ordinal)).ToList();
        Assert.Contains(published, p =>
            p.Text.StartsWith("erpnext-init: creating the site with erpnext (1 of ", StringComparison.Ordinal)
        );
        Assert.NotEmpty(apps);
        Assert.All(apps, p => Assert.Matches(@"^erpnext-init: installing \w+ \(\d of \d\)$", p.Text));
        Assert.Contains(published, p => p.Text == "erpnext-init: migrating");
        var ratios = published.Select(p => p.Ratio).OfType<double>().ToList();
        Assert.Equal(ratios.Order(), ratios);
        Assert.True(ratios.Distinct().Count() > 2, string.Join(' ', ratios));
    }

    [Fact]
    public async Task The_scripts_own_message_is_reported_although_Nomad_removes_the_log_when_the_container_ends()
    {
        _rig.Nomad.Client.CollectsAtOnce = true;
        _rig.Nomad.Failures[ContainerGroups.Init.Group] = TaskFailure.Refusal;

        var result = await _rig.InstallAsync();

        var file = _rig.StateFile("init.log");
        Assert.Equal((4, ErrorCode.AllocationFailed.Word), (result.ExitCode, result.Error));
        Assert.Equal("erpnext-init/site: create-site: MariaDB refuses the root password", result.Message);
        Assert.StartsWith("the volume of the database keeps the password", result.Hint, StringComparison.Ordinal);
        Assert.EndsWith($"(its last lines: {file})", result.Hint, StringComparison.Ordinal);
        Assert.Contains(
            "create-site: MariaDB refuses the root password",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_broken_connection_is_opened_again_and_no_line_is_lost()
    {
        using var breaking = new BreakingLogs();
        using var rig = new RehearsedDeployment(breaking);

        var result = await rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.True(breaking.Broken > 2, $"{breaking.Broken}");
        var lines = await File.ReadAllLinesAsync(rig.StateFile("init.log"), TestContext.Current.CancellationToken);
        Assert.Equal(lines.Distinct(), lines);
        Assert.StartsWith("create-site: done: ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_right_to_read_logs_the_installation_goes_on_and_says_so_once()
    {
        _rig.Nomad.Deny = called => called.StartsWith(Logs, StringComparison.Ordinal);

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        var published = _rig
            .Events.OfType<Log>()
            .Where(l => l.Level == LogLevel.Warning && l.Line.Contains("namespace read-logs", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(published.Select(l => l.Line).Distinct(), published.Select(l => l.Line));
        Assert.Contains(published, l =>
            l.Line.Contains("the log of create-site", StringComparison.Ordinal)
            && l.Line.Contains("The installation continues", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Without_logs_at_Nomad_the_installation_continues_and_says_so()
    {
        _rig.Nomad.KeepsLogs = false;

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Level == LogLevel.Warning && l.Line.Contains("disable_log_collection", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_container_whose_log_is_gone_fails_with_the_reason_for_that()
    {
        _rig.Nomad.KeepsLogs = false;
        _rig.Nomad.Failures["websocket"] = TaskFailure.ExitCode;

        var result = await _rig.InstallAsync();

        Assert.Contains(result.Details, d =>
            d.Contains("the log of websocket cannot be read: Nomad keeps no log of it", StringComparison.Ordinal)
        );
        Assert.Contains("disable_log_collection", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_log_at_Nomad_a_failure_has_the_output_from_the_engine()
    {
        _rig.Nomad.KeepsLogs = false;
        _rig.FaultyDocker.Output["websocket/stderr"] = "Error: connect ECONNREFUSED redis-queue:6379\n";
        _rig.FaultyDocker.Output["websocket/stdout"] = "";
        _rig.Nomad.Failures["websocket"] = TaskFailure.ExitCode;

        var result = await _rig.InstallAsync();

        Assert.Contains("Error: connect ECONNREFUSED redis-queue:6379", result.Details);
        Assert.DoesNotContain(result.Details, d => d.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chown: changing ownership of '/var/lib/mysql/': Operation not permitted")]
    [InlineData("error: failed switching to \"mysql\": operation not permitted")]
    [InlineData("setpriv: setresuid failed: Operation not permitted")]
    public async Task A_container_without_its_capabilities_fails_with_the_setting_that_removed_them(string said)
    {
        _rig.Nomad.KeepsLogs = false;
        _rig.FaultyDocker.Output["mariadb/stderr"] = said + "\n";
        _rig.FaultyDocker.Output["mariadb/stdout"] = "";
        _rig.Nomad.Failures["database"] = TaskFailure.ExitCode;

        var result = await _rig.InstallAsync();

        Assert.Contains("allow_caps", result.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_carries_the_exit_code_of_the_task()
    {
        var text = File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "cases", "nomad-samples", "allocation-failed-exit-code.json")
        );
        var allocation = JsonSerializer.Deserialize<NomadAllocation>(text)!;

        var failed = AllocationFailed.From(allocation, new TaskLog([]));

        Assert.Equal(
            AllocationFailed.Worst(allocation).State!.Events!.Last(e => e.Type == "Terminated").ExitCode,
            failed.TaskExitCode
        );
        Assert.NotEqual(0, failed.TaskExitCode);
    }

    [Fact]
    public void A_message_of_several_lines_is_shown_completely()
    {
        string[] lines =
        [
            "create-site: site erp.example.com: absent",
            "create-site: MariaDB does not answer: ERROR 2013 (HY000):",
            "Lost connection to server",
            "create-site: hint: look at the log of the database",
        ];

        Assert.Equal(
            (
                "create-site: MariaDB does not answer: ERROR 2013 (HY000): Lost connection to server",
                "look at the log of the database"
            ),
            ScriptWords.Of(lines)
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _rig.Dispose();

    /// <summary>The connection of each log breaks after its present content.</summary>
    private sealed class BreakingLogs : DelegatingHandler
    {
        public int Broken { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.RequestUri!.Query.Contains("follow=true", StringComparison.Ordinal))
            {
                Broken++;
                var broken = new Uri(
                    request.RequestUri.AbsoluteUri.Replace("follow=true", "follow=false", StringComparison.Ordinal)
                );
                request.RequestUri = broken;
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
