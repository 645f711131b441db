using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Tests.Deployment;

namespace ErpInstaller.Tests.Backup;

/// <summary>The scheduled backups: their job at Nomad, and the warnings when they fail.</summary>
public sealed class ScheduleTests : IDisposable
{
    private const string Job = "erpnext-schedule";

    private readonly RehearsedDeployment _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_install_registers_the_schedule_and_the_next_one_finds_it_in_place()
    {
        Schedule("03:30", "Europe/Berlin");

        await _rig.InstallAsync();
        var first = Summary();
        await _rig.InstallAsync();

        var job = (await _rig.Client.FindSpecificationAsync(Job, TestContext.Current.CancellationToken))!;
        Assert.Equal("30 3 * * *", job["Periodic"]!["Spec"]!.GetValue<string>());
        Assert.Equal("Europe/Berlin", job["Periodic"]!["TimeZone"]!.GetValue<string>());
        Assert.True(job["Periodic"]!["ProhibitOverlap"]!.GetValue<bool>());
        Assert.Equal(("a backup every day at 03:30 (Europe/Berlin)", false), first);
        Assert.Equal((first.Summary, true), Summary());
    }

    [Fact]
    public async Task Without_a_schedule_no_job_is_registered_and_one_that_is_there_is_removed()
    {
        await _rig.InstallAsync();
        Assert.False(await IsRegisteredAsync());
        Schedule("03:30");
        await _rig.InstallAsync();
        Assert.True(await IsRegisteredAsync());
        Schedule(null);

        await _rig.InstallAsync();

        Assert.False(await IsRegisteredAsync());
        Assert.Equal("no backups are scheduled", Summary().Summary);
    }

    [Fact]
    public async Task The_scheduled_backups_have_the_same_password_as_those_by_hand()
    {
        Schedule("03:30");
        await _rig.InstallAsync();
        await _rig.RunAsync(Operation.Backup);

        var password = _rig.Nomad.Variable("nomad/jobs/erpnext-backup", "repository_password");

        Assert.NotNull(password);
        Assert.Equal(password, _rig.Nomad.Variable($"nomad/jobs/{Job}", "repository_password"));
    }

    [Fact]
    public async Task A_password_that_changes_in_the_answers_reaches_the_scheduled_backups()
    {
        Schedule("03:30");
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with
        {
            Backup = _rig.Answers.Backup with { Password = new() { Literal = "ofAnotherHost" } },
        };

        await _rig.InstallAsync();

        Assert.Equal("ofAnotherHost", _rig.Nomad.Variable($"nomad/jobs/{Job}", "repository_password"));
    }

    [Fact]
    public async Task The_list_of_backups_says_when_the_newest_is_too_old()
    {
        Schedule("03:30");
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] = """
            {"backup": "snapshot", "id": "4f3c2b1a", "time": "2026-11-21T03:30:05Z", "by": "schedule", "bytes": 1}
            {"backup": "listed", "count": 1}
            """;

        var found = await ListAsync();

        Assert.Matches("^The newest backup is [56][0-9] hours old. Make one now: erp-installer backup$", found.Fault);
    }

    [Fact]
    public async Task The_list_of_backups_says_when_the_schedule_is_not_registered_yet()
    {
        await _rig.InstallAsync();
        Schedule("03:30");

        Assert.Equal(
            "The scheduled backups are not registered yet. Register them: erp-installer install",
            (await ListAsync()).Fault
        );
    }

    private void Schedule(string? time, string zone = "UTC") =>
        _rig.Answers = _rig.Answers with
        {
            Backup = new BackupAnswers { Schedule = time, TimeZone = zone },
        };

    private async Task<BackupsFound> ListAsync()
    {
        var listing = new BackupList(_rig.Open()).ReadAsync(TestContext.Current.CancellationToken);
        await _rig.PassTimeAsync(listing);
        return await listing;
    }

    private (string Summary, bool Skipped) Summary() =>
        _rig.Events.OfType<StepFinished>().Last(s => s.Step == StepId.Schedule) is var step
            ? (step.Summary, step.Skipped)
            : default;

    private async Task<bool> IsRegisteredAsync() =>
        await _rig.Client.FindJobAsync(Job, TestContext.Current.CancellationToken) is not null;
}
