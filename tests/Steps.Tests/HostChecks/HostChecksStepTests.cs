using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

public sealed class HostChecksStepTests : IDisposable
{
    private readonly TestInstallation _installation = new() { Steps = [new HostChecksStep()] };
    private readonly ScriptedHost _host;

    public HostChecksStepTests()
    {
        _host = new ScriptedHost(_installation.Time);
        _installation.World = world => world with { Host = _host };
    }

    [Fact]
    public void The_answers_can_accept_each_check_by_its_id() =>
        Assert.Equal(CheckId.InOrder, HostCheckList.InOrder.Select(c => c.Id));

    [Fact]
    public async Task A_ready_host_is_not_measured_again_within_the_hour()
    {
        var first = await _installation.InstallAsync();
        _installation.Time.Advance(TimeSpan.FromMinutes(59));
        await _installation.InstallAsync();

        Assert.Equal(0, first.ExitCode);
        Assert.Equal(1, _host.Surveys);

        _installation.Time.Advance(TimeSpan.FromMinutes(2));
        await _installation.InstallAsync();

        Assert.Equal(2, _host.Surveys);
    }

    [Fact]
    public async Task A_host_that_is_only_checked_again_is_no_change_for_the_plan()
    {
        await _installation.InstallAsync();
        _installation.Time.Advance(TimeSpan.FromHours(2));

        Assert.False(await new Planner(_installation.Open()).PlanAsync(TestContext.Current.CancellationToken));

        _host.Cpu = () => new CpuReading(Online: 4, Allowed: 4);
        Assert.True(await new Planner(_installation.Open()).PlanAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_docker_command_that_hangs_does_not_stop_the_use_of_an_existing_image()
    {
        _installation.Answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = "registry.example.com/erp:1" },
        };
        _host.Hanging = "docker";

        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
    }

    [Fact]
    public async Task A_failed_check_ends_with_exit_code_3_and_a_hint()
    {
        _host.Cpu = () => new CpuReading(Online: 4, Allowed: 4);
        _host.Memory = () => new MemoryReading(8L << 30);

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.HostChecks, result.ExitCode);
        Assert.Equal(ErrorCode.HostChecksFailed.Word, result.Error);
        Assert.Equal("This host is not ready: cpu, memory", result.Message);
        Assert.Contains("cpu = \"why\"", result.Hint!, StringComparison.Ordinal);
        Assert.Equal(
            [
                "cpu: fail: 4 cores; needed: 8 cores; hint: Give the machine more CPUs; nproc --all shows how many "
                    + "it has",
                "memory: fail: 8.0 GiB; needed: 16 GB (15.0 GiB usable; from 14.0 with a warning); hint: Give the "
                    + "machine more memory; free -h shows how much it has",
            ],
            result.Details
        );
        Assert.Equal(CheckId.InOrder, _installation.Events.OfType<HostChecked>().Select(c => c.Check));
    }

    [Fact]
    public async Task A_failed_check_is_measured_again_at_once()
    {
        _host.Cpu = () => new CpuReading(Online: 4, Allowed: 4);
        await _installation.InstallAsync();
        _host.Cpu = null;

        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
    }

    [Fact]
    public async Task An_accepted_failure_lets_the_installation_go_on_and_keeps_the_reason()
    {
        _host.Cpu = () => new CpuReading(Online: 4, Allowed: 4);
        await _installation.InstallAsync();
        Accept(("cpu", "a lab machine"));

        var result = await _installation.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, _host.Surveys);
        Assert.Equal("a lab machine", _installation.State().Of(StepId.HostChecks).Outputs["accepted_cpu"]);
        Assert.Contains(
            "cpu: a lab machine",
            _installation.Events.OfType<StepFinished>().Last().Summary,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_warning_appears_in_the_summary()
    {
        _host.Memory = () => new MemoryReading((14L << 30) + (1L << 29));

        await _installation.InstallAsync();

        Assert.Equal(
            $"{CheckId.InOrder.Count - 1} pass, 1 warn (memory)",
            _installation.Events.OfType<StepFinished>().Last().Summary
        );
    }

    [Fact]
    public async Task A_failure_is_not_accepted_without_a_reason()
    {
        _host.Cpu = () => new CpuReading(Online: 4, Allowed: 4);
        Accept(("cpu", " "));

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.HostChecks, result.ExitCode);
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line == "host.accept.cpu: give a reason, or remove it from the answers"
        );
    }

    [Fact]
    public async Task An_unused_acceptance_is_a_warning()
    {
        Accept(("memory", "a lab machine"));

        await _installation.InstallAsync();

        var warning = Assert.Single(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("host.accept", StringComparison.Ordinal)
        );
        Assert.Equal(LogLevel.Warning, warning.Level);
        Assert.Contains("host.accept.memory: the check did not fail (pass)", warning.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_check_has_a_verdict_and_a_hint_without_Docker_and_Nomad()
    {
        using var docker = new DockerEngine(new Uri("unix:///nonexistent/docker.sock"));
        var connection = new NomadConnection { Address = new Uri("http://127.0.0.1:9") };
        using var nomad = new NomadClient(connection, connection.CreateHandler());
        _installation.World = world => world with { Host = _host, Docker = docker, Nomad = nomad };

        var result = await _installation.InstallAsync();

        Assert.Equal(
            "This host is not ready: docker, docker-builder, docker-network, nomad, nomad-node, nomad-volumes, "
                + "nomad-plugin, nomad-capacity, nomad-permissions",
            result.Message
        );
        Assert.All(result.Details, d => Assert.Matches("hint: .|: see (docker|nomad);", d));
    }

    [Fact]
    public async Task A_plan_lists_failed_checks_and_does_not_fail()
    {
        _host.Cpu = () => new CpuReading(Online: 4, Allowed: 4);

        await new Planner(_installation.Open()).PlanAsync(TestContext.Current.CancellationToken);

        var forecast = Assert.Single(_installation.Events.OfType<StepPlanned>());
        Assert.False(forecast.InPlace);
        Assert.Equal("host check cpu", Assert.Single(forecast.Changes).Subject);
        Assert.False(File.Exists(_installation.Directory.In("host-facts.json")));
    }

    [Fact]
    public async Task A_hanging_check_is_unknown_and_blocks_no_other_check()
    {
        using var released = new ManualResetEventSlim();
        _host.FileSystem = _ =>
        {
            released.Wait(TimeSpan.FromMinutes(1));
            throw new IOException("released");
        };
        var others = new TaskCompletionSource();
        var context = _installation.Open();
        var looked = 0;
        context.Events.Subscribe(e =>
        {
            if (e is Progress && ++looked == HostCheckList.InOrder.Count - 1)
            {
                others.SetResult();
            }
        });

        var checking = HostChecksStep.CheckAsync(
            context.ContextOf(context.Steps[0]),
            TestContext.Current.CancellationToken
        );
        await others.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _installation.Time.Advance(TimeSpan.FromSeconds(16));
        var report = await checking;
        released.Set();

        var disk = Assert.Single(report.Rows, r => r.Kind == VerdictKind.Unknown);
        Assert.Equal(("disk", "no answer within 15 s"), (disk.Id, disk.Found));
    }

    [Fact]
    public async Task Disk_space_used_by_the_installation_itself_does_not_fail_a_later_check()
    {
        await _installation.InstallAsync();
        _installation.Time.Advance(TimeSpan.FromHours(2));
        _host.FileSystem = _ => new FileSystemReading("259:2", "/", "ext4", 250_000_000_000, 30_000_000_000);

        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);

        using var fresh = new TestInstallation { Steps = _installation.Steps, Answers = _installation.Answers };
        var host = new ScriptedHost(fresh.Time) { FileSystem = _host.FileSystem };
        fresh.World = world => world with { Host = host };
        Assert.Equal("This host is not ready: disk", (await fresh.InstallAsync()).Message);
    }

    [Fact]
    public async Task Facts_that_cannot_be_read_are_measured_again()
    {
        await _installation.InstallAsync();
        await File.WriteAllTextAsync(
            _installation.Directory.In("host-facts.json"),
            "{ \"schema\": 1, \"col",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
        Assert.Equal(2, _host.Surveys);
    }

    [Fact]
    public async Task Facts_of_other_ports_are_measured_again()
    {
        await _installation.InstallAsync();
        _installation.Answers = _installation.Answers with
        {
            Site = _installation.Answers.Site with { HttpsPort = 8443 },
        };

        Assert.Equal(0, (await _installation.InstallAsync()).ExitCode);
        Assert.Equal(2, _host.Surveys);
    }

    public void Dispose() => _installation.Dispose();

    private void Accept(params (string Check, string Reason)[] accepted) =>
        _installation.Answers = _installation.Answers with
        {
            Host = new HostAnswers { Accept = accepted.ToDictionary(a => a.Check, a => a.Reason) },
        };
}
