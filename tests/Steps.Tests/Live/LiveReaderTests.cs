using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Live;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Outside.Site;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Live;

public sealed class LiveReaderTests : IDisposable
{
    private readonly TestInstallation _installation = new();

    [Fact]
    public async Task An_installation_that_works_is_well_but_for_the_backup_that_was_never_made()
    {
        await InstallAsync();

        var status = await LookAsync();

        Assert.Equal(["backup"], status.Values.Where(v => v.Level != LiveLevel.Well).Select(v => v.Subject));
        Assert.Equal("erp-installer backup", status.Backup.Hint);
        Assert.Equal(ExitCode.Done, LiveReader.ExitCodeOf(status));
        Assert.Empty(status.Missing);
    }

    [Fact]
    public async Task All_twelve_containers_are_there_with_their_use_and_their_limits()
    {
        await InstallAsync();

        var containers = (await LookAsync()).Containers;

        Assert.Equal(12, containers.Count);
        var serving = containers.Where(c => !c.Ends).ToList();
        Assert.Equal(10, serving.Count);
        Assert.All(serving, c => Assert.Equal("running", c.State));
        Assert.All(serving, c => Assert.True(c.Started <= DateTimeOffset.UtcNow, $"{c.Subject}: {c.Started}"));
        Assert.All(serving, c => Assert.True(c.CpuMillicores < c.CpuReservedMillicores, c.ToString()));
        Assert.All(serving, c => Assert.True(c.MemoryMebibytes < c.MemoryLimitMebibytes, c.ToString()));
        Assert.All(containers.Where(c => c.Ends), c => Assert.Equal("dead", c.State));
    }

    [Fact]
    public async Task A_container_that_is_missing_is_down_and_the_others_of_its_group_have_numbers()
    {
        await InstallAsync();
        _installation.Answers = _installation.Answers with { Scale = new ScaleAnswers { Backend = 2 } };

        var status = await LookAsync();

        Assert.Equal(
            [("backend 1", "running", LiveLevel.Well), ("backend 2", "absent", LiveLevel.Down)],
            status.Containers.Where(c => c.Group == "backend").Select(c => (c.Subject, c.State, c.Level))
        );
        Assert.Equal(ExitCode.StepFailed, LiveReader.ExitCodeOf(status));
    }

    [Fact]
    public async Task A_site_that_does_not_answer_is_worse_than_a_container_that_is_down()
    {
        await InstallAsync();
        _installation.World = world => world with { Site = new Answering(_ => throw new SiteSilent("refused")) };

        var status = await LookAsync();

        Assert.Equal((LiveLevel.Down, "refused"), (status.Answer.Level, status.Answer.Why));
        Assert.Null(status.Certificate);
        Assert.Equal(ExitCode.VerificationFailed, LiveReader.ExitCodeOf(status));
    }

    [Fact]
    public async Task The_maintenance_page_is_named()
    {
        await InstallAsync();
        _installation.World = world =>
            world with
            {
                Site = new Answering(_ => new SiteAnswer(503, "", null, null, Trusted: false) { HasRetryAfter = true }),
            };

        Assert.StartsWith("the maintenance page", (await LookAsync()).Answer.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Nomad_the_look_ends_and_says_so()
    {
        await InstallAsync();
        var nomad = new FaultyNomad(_installation.Time);
        nomad.FailNext(HttpStatusCode.InternalServerError, "No cluster leader");
        _installation.World = world =>
            world with
            {
                Nomad = new NomadClient(new NomadConnection { Address = new Uri("http://test") }, nomad),
            };

        var status = await LookAsync();

        Assert.Equal(LiveLevel.Down, status.Level);
        Assert.Contains(status.Missing, m => m.Contains("No cluster leader", StringComparison.Ordinal));
        Assert.Equal(ExitCode.StepFailed, LiveReader.ExitCodeOf(status));
    }

    [Fact]
    public async Task Changed_answers_are_named_with_the_steps_that_they_touch()
    {
        await InstallAsync();
        _installation.Answers = _installation.Answers with
        {
            Resources = new ResourcesAnswers
            {
                Backend = new ContainerResources { Cpu = 1500, Memory = 4096 },
            },
        };

        var apps = (await LookAsync()).Apps;

        Assert.Equal(LiveLevel.Warns, apps.Level);
        Assert.Contains(StepId.Deployment, apps.ChangedSteps);
    }

    [Fact]
    public async Task What_cannot_be_read_from_inside_is_unknown_and_says_why()
    {
        await InstallAsync();
        _installation.Docker = new FaultyDocker(_installation.Time)
        {
            Executed = new ContainerRun(127, "exec: python3: not found\n"),
        };

        var status = await LookAsync();

        Assert.Equal(LiveLevel.Unknown, status.Scheduler.Level);
        Assert.Equal(LiveLevel.Unknown, status.Workers.Level);
        Assert.Empty(status.Queues);
        Assert.Contains(status.Missing, m => m.Contains("python3: not found", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_disks_of_the_sites_and_of_the_database_are_read()
    {
        await InstallAsync();

        var disks = (await LookAsync()).Disks;

        Assert.Equal(["disk of the sites", "disk of the database"], disks.Select(d => d.Subject));
        Assert.All(disks, d => Assert.InRange(d.FreeBytes, 1, d.SizeBytes));
    }

    [Fact]
    public async Task A_full_disk_of_the_database_is_down()
    {
        await InstallAsync();
        _installation.Docker = new FaultyDocker(_installation.Time) { Executed = new ContainerRun(0, "20 1000 4096") };

        var status = await LookAsync();

        Assert.Equal(
            [("disk of the database", LiveLevel.Down, "full")],
            status.Disks.Select(d => (d.Subject, d.Level, d.Why))
        );
        Assert.Equal(ExitCode.StepFailed, LiveReader.ExitCodeOf(status));
    }

    [Fact]
    public async Task A_disk_of_the_database_that_cannot_be_read_says_why()
    {
        await InstallAsync();
        _installation.Docker = new FaultyDocker(_installation.Time)
        {
            Executed = new ContainerRun(126, "exec: stat: not found\n"),
        };

        Assert.Contains("disk of the database: exec: stat: not found", (await LookAsync()).Missing);
    }

    [Theory]
    [InlineData("5 10 4096\n", 0, 5L * 4096, 10L * 4096)]
    [InlineData("5 10 4096\r\n", 0, 5L * 4096, 10L * 4096)]
    [InlineData("0 9223372036854775807 4096\n", 0, 0L, long.MaxValue)]
    [InlineData("5 10\n", 0, null, null)]
    [InlineData("-5 10 4096\n", 0, null, null)]
    [InlineData("5 10 4096 and more\n", 0, null, null)]
    [InlineData("", 0, null, null)]
    [InlineData("5 10 4096\n", 1, null, null)]
    public void Only_three_numbers_are_a_disk(string output, int exitCode, long? free, long? size)
    {
        var (disk, fault) = DatabaseDiskReader.Parse(new ContainerRun(exitCode, output));

        Assert.Equal((free, size), (disk?.FreeBytes, disk?.SizeBytes));
        Assert.Equal(disk is null, fault?.Length > 0);
    }

    [Fact]
    public async Task A_look_changes_nothing_and_takes_no_lock()
    {
        await InstallAsync();
        using var held = RunLock.Take(_installation.Directory, _installation.Time);
        var before = Directory.GetFiles(_installation.Directory.Path).ToDictionary(f => f, File.GetLastWriteTimeUtc);

        await LookAsync();

        // The simulated Nomad saves its state with each request.
        var after = Directory.GetFiles(_installation.Directory.Path).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.Equal(
            before.Where(f => !f.Key.Contains("simulated", StringComparison.Ordinal)),
            after.Where(f => !f.Key.Contains("simulated", StringComparison.Ordinal))
        );
    }

    public void Dispose() => _installation.Dispose();

    private async Task InstallAsync()
    {
        var installed = await _installation.InstallAsync();
        Assert.True(installed.ExitCode == 0, installed.Message);
    }

    private Task<LiveStatus> LookAsync() =>
        new LiveReader(_installation.Open()).ReadAsync(TestContext.Current.CancellationToken);

    private sealed class Answering(Func<SiteRequest, SiteAnswer> answer) : ISite
    {
        public async Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation)
        {
            await Task.Yield();
            return answer(request);
        }

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([]);
    }
}
