using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>The content of the plan, and that a run carries out exactly the shown plan.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly RehearsedDeployment _rig = new();

    [Fact]
    public async Task New_groups_are_shown_with_their_resources()
    {
        var plan = await _rig.PlanAsync();

        Assert.Contains(
            new PlannedChange(ChangeKind.Create, "erpnext-data/database × 1", "1300 MHz, 1024 MiB"),
            plan.Changes
        );
        Assert.Equal(
            ContainerGroups.All.Count,
            plan.Changes.Count(c =>
                c.Subject.Contains('/', StringComparison.Ordinal) && c.Subject.Contains('×', StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task A_replacement_is_shown_with_the_old_and_the_new_value()
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with
        {
            Resources = new ResourcesAnswers
            {
                Websocket = new ContainerResources { Cpu = 200, Memory = 700 },
            },
        };

        var change = Assert.Single((await _rig.PlanAsync()).Changes);

        Assert.Equal(
            new PlannedChange(ChangeKind.Replace, "erpnext/websocket × 1", "Resources.MemoryMB: 512 → 700"),
            change
        );
    }

    [Fact]
    public async Task The_first_different_line_of_a_file_is_shown()
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Site = _rig.Answers.Site with { HttpsPort = 8443 } };

        var frontend = Assert.Single((await _rig.PlanAsync()).Changes, c => c.Subject == "erpnext/frontend × 1");

        Assert.Matches(
            @"EmbeddedTmpl line \d+: return 301 https://erp\.example\.com\$request_uri; → "
                + @"return 301 https://erp\.example\.com:8443\$request_uri;",
            frontend.Why
        );
    }

    [Fact]
    public void A_changed_port_is_shown_by_its_number()
    {
        // As Nomad 1.10.5 reports it: all of the network deleted, and all of it added.
        NomadObjectDiff Network(string type) =>
            new()
            {
                Name = "Network",
                Type = type,
                Objects = [Port(type, "http", "80"), Port(type, "https", type == "Deleted" ? "443" : "8443")],
            };
        var diff = new NomadJobDiff
        {
            Type = "Edited",
            TaskGroups =
            [
                new NomadGroupDiff
                {
                    Type = "Edited",
                    Name = "frontend",
                    Objects = [Network("Added"), Network("Deleted")],
                },
            ],
        };

        Assert.Equal("Network.Static Port.Value: 443 → 8443", new JobDifferences(diff).Of("frontend"));
    }

    [Fact]
    public async Task Groups_that_do_not_fit_are_shown_with_the_plan()
    {
        _rig.Answers = _rig.Answers with
        {
            Resources = new ResourcesAnswers
            {
                Database = new ContainerResources { Cpu = 500, Memory = 900_000 },
                Backend = new ContainerResources { Cpu = 64_000, Memory = 4096 },
            },
            Scale = new ScaleAnswers { Backend = 2 },
            Host = new HostAnswers
            {
                Accept = new Dictionary<string, string> { ["nomad-capacity"] = "to see what the plan says" },
            },
        };

        var blocked = await Refusal.OfAsync(ErrorCode.PlacementBlocked, _rig.PlanAsync);

        Assert.Matches(
            @"^erpnext-data does not fit on .+: database: not enough memory \(asks for 900000 of the node's \d+ MiB\); "
                + @"erpnext does not fit on .+: backend: not enough cpu \(asks for 2 × 64 of the node's 8 cores\)$",
            blocked.Message
        );
        Assert.NotEmpty(_rig.Events.OfType<StepPlanned>().Last().Changes);
    }

    [Fact]
    public async Task A_job_that_changed_after_the_plan_is_not_touched()
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Scale = new ScaleAnswers { QueueShort = 2 } };
        await _rig.PlanAsync();
        var strangers = JobJson.Render(JobCases.Build(JobCases.Default).Application);
        strangers["Priority"] = 60;
        await _rig.Client.RegisterAsync(strangers, await IndexAsync(), "", TestContext.Current.CancellationToken);
        var before = await IndexAsync();

        var refused = await _rig.InstallAsync();

        Assert.Equal((6, ErrorCode.PlanOutdated.Word), (refused.ExitCode, refused.Error));
        Assert.Equal("The job erpnext changed at Nomad since it was planned", refused.Message);
        Assert.Equal(before, await IndexAsync());

        await _rig.PlanAsync();
        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);
    }

    [Fact]
    public async Task A_shown_plan_applies_to_one_installation_only()
    {
        await _rig.PlanAsync();
        Assert.Contains(
            "erpnext-data = 0",
            await File.ReadAllTextAsync(_rig.StateFile("plan.toml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);

        Assert.False(File.Exists(_rig.StateFile("plan.toml")));
    }

    [Fact]
    public async Task A_plan_without_changes_removes_the_stored_plan()
    {
        await _rig.PlanAsync();
        var kept = await File.ReadAllTextAsync(_rig.StateFile("plan.toml"), TestContext.Current.CancellationToken);
        await _rig.InstallAsync();
        await File.WriteAllTextAsync(_rig.StateFile("plan.toml"), kept, TestContext.Current.CancellationToken);

        Assert.True((await _rig.PlanAsync()).InPlace);

        Assert.False(File.Exists(_rig.StateFile("plan.toml")));
    }

    public void Dispose() => _rig.Dispose();

    private static NomadObjectDiff Port(string type, string label, string value)
    {
        Func<string, string, NomadFieldDiff> field = type == "Added" ? Added : Deleted;
        return new()
        {
            Name = "Static Port",
            Type = type,
            Fields = [field("Label", label), field("To", "8080"), field("Value", value)],
        };
    }

    private static NomadFieldDiff Added(string name, string value) =>
        new()
        {
            Name = name,
            Type = "Added",
            New = value,
        };

    private static NomadFieldDiff Deleted(string name, string value) =>
        new()
        {
            Name = name,
            Type = "Deleted",
            Old = value,
        };

    private async Task<long> IndexAsync() =>
        (
            await _rig.Client.PlanAsync(
                JobJson.Render(JobCases.Build(JobCases.Default).Application),
                TestContext.Current.CancellationToken
            )
        ).JobModifyIndex;
}
