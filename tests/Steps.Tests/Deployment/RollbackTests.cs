using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using ErpInstaller.Updates;

namespace ErpInstaller.Tests.Deployment;

/// <summary>The operation rollback: back to the image and the data of before the last update.</summary>
public sealed class RollbackTests : IDisposable
{
    private const string BackingUp = "backing up erp.example.com before its database changes";
    private const string Restoring = "going back: restoring the backup 4f3c2b1a";
    private static readonly Operation Rollback = Operation.Rollback("erp.example.com");

    private readonly RehearsedDeployment _rig = new();
    private string _before = "";
    private string _after = "";

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_rollback_counts_what_is_lost_backs_up_and_brings_image_and_data_of_before_back()
    {
        await UpdateAsync();
        var events = _rig.Events.Count;

        var result = await _rig.RunAsync(Rollback);

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(_before, await _rig.ImagesAsync());
        var said = _rig.Events.Skip(events).ToList();
        Assert.Equal(
            ["Sales Invoice: 3 created, 1 changed", "Customer: 1 created, 2 changed"],
            said.OfType<Log>().Select(l => l.Line).Where(l => l.StartsWith("lost: ")).Skip(1).Select(l => l[6..])
        );
        Assert.Contains(said.OfType<Log>(), l =>
            l.Line.StartsWith("lost: 4 documents created, 3 changed and 1 deleted since ", StringComparison.Ordinal)
        );
        Assert.Equal(
            [BackingUp, Restoring],
            said.OfType<Progress>().Select(p => p.Text).Where(t => t is BackingUp or Restoring)
        );
        Assert.Contains("updates again", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_is_done_once_and_an_update_after_it_can_be_rolled_back_again()
    {
        await UpdateAsync();
        await _rig.RunAsync(Rollback);

        var twice = await _rig.RunAsync(Rollback);
        await _rig.InstallAsync();
        var updated = await _rig.ImagesAsync();
        var again = await _rig.RunAsync(Rollback);

        Assert.Equal((4, ErrorCode.NothingToRollBack.Word), (twice.ExitCode, twice.Error));
        Assert.Contains("was rolled back", twice.Message, StringComparison.Ordinal);
        Assert.Equal(_after, updated);
        Assert.Equal((0, _before), (again.ExitCode, await _rig.ImagesAsync()));
    }

    [Fact]
    public async Task A_change_that_keeps_the_image_does_not_repeat_an_update_that_was_rolled_back()
    {
        await UpdateAsync();
        await _rig.RunAsync(Rollback);
        _rig.AskedFor = new AskedFor { KeepsImage = true };

        var result = await _rig.InstallAsync();

        Assert.Equal((6, ErrorCode.AnswersChanged.Word), (result.ExitCode, result.Error));
        Assert.Contains("would also update erp.example.com", result.Message, StringComparison.Ordinal);
        Assert.Equal(_before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task Without_an_update_there_is_nothing_to_go_back_to()
    {
        await _rig.InstallAsync();

        var result = await _rig.RunAsync(Rollback);

        Assert.Equal((4, ErrorCode.NothingToRollBack.Word), (result.ExitCode, result.Error));
        Assert.Contains("erp-installer backups", result.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lost", "backup-missing", "BackupUnknown")]
    [InlineData("lost", "database-unreachable", "RestoreFailed")]
    [InlineData("close", "workers-busy", "WorkersBusy")]
    [InlineData("backup", "disk-full", "BackupRepositoryFull")]
    public async Task A_rollback_that_cannot_begin_leaves_the_updated_site_in_service(
        string action,
        string word,
        string code
    )
    {
        await UpdateAsync();
        _rig.FailAction(action, word);

        var failed = await _rig.RunAsync(Rollback);
        var left = await _rig.ImagesAsync();
        _rig.Nomad.Client.OutputOf = null;
        var again = await _rig.RunAsync(Rollback);

        Assert.Equal((4, code), (failed.ExitCode, failed.Error));
        Assert.Equal(_after, left);
        Assert.Equal((0, _before), (again.ExitCode, await _rig.ImagesAsync()));
    }

    [Fact]
    public async Task When_the_way_back_fails_the_same_command_goes_on_with_it()
    {
        await UpdateAsync();
        _rig.FailAction("back", "repository-unreachable");

        var stuck = await _rig.RunAsync(Rollback);
        _rig.Nomad.Client.OutputOf = null;
        var back = await _rig.RunAsync(Rollback);

        Assert.Equal((4, ErrorCode.UpdateStuck.Word), (stuck.ExitCode, stuck.Error));
        Assert.Contains("erp-installer rollback", stuck.Hint, StringComparison.Ordinal);
        Assert.Equal((0, _before), (back.ExitCode, await _rig.ImagesAsync()));
    }

    [Fact]
    public async Task A_rollback_that_goes_on_names_the_data_that_come_back_and_the_backup_of_what_is_lost()
    {
        await UpdateAsync();
        var promised = await RowAsync("back to");
        _rig.FailAction("back", "repository-unreachable");
        await _rig.RunAsync(Rollback);

        Assert.Equal(promised, await RowAsync("back to"));
        Assert.Matches("^what was written since; this rollback has put it into backup \\w{8}$", await RowAsync("lost"));
    }

    [Fact]
    public async Task An_update_that_failed_and_stayed_closed_is_rolled_back_without_a_loss()
    {
        await _rig.InstallAsync();
        _before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { OnFailure = UpdateFailure.Stay } };
        _rig.Nomad.OnFollowing = () =>
        {
            if (_rig.Told.Contains(BackingUp))
            {
                _rig.Nomad.Failures["site"] = TaskFailure.ExitCode;
            }
        };
        var failed = await _rig.InstallAsync();
        _rig.FailNothing();

        var back = await _rig.RunAsync(Rollback);

        Assert.Equal(ErrorCode.AllocationFailed.Word, failed.Error);
        Assert.Contains("erp-installer rollback", failed.Hint, StringComparison.Ordinal);
        Assert.Equal((0, _before), (back.ExitCode, await _rig.ImagesAsync()));
        Assert.Contains(_rig.Events.OfType<Log>(), l => l.Line.StartsWith("lost: nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Interrupted_at_any_event_the_same_command_finishes_the_rollback()
    {
        var length = await EventsAsync();
        for (var at = 1; at < length; at += Math.Max(1, length / 8))
        {
            using var test = new RollbackTests();
            await test.UpdateAsync();
            await test._rig.InterruptAsync(Rollback, at);

            var result = await test._rig.RunAsync(Rollback);

            Assert.Equal((at, 0, null), (at, result.ExitCode, result.Message));
            Assert.Equal(test._before, await test._rig.ImagesAsync());
        }
    }

    // As the operator is shown it before the question.
    private async Task<string> RowAsync(string name)
    {
        var installation = _rig.Open();
        var look = new RollbackLook(installation).ReadAsync(TestContext.Current.CancellationToken);
        await _rig.PassTimeAsync(look);
        return (await look).First(r => r.Name == name).Value;
    }

    private static async Task<int> EventsAsync()
    {
        using var test = new RollbackTests();
        await test.UpdateAsync();
        var before = test._rig.Events.Count;
        await test._rig.RunAsync(Rollback);
        return test._rig.Events.Count - before;
    }

    private async Task UpdateAsync()
    {
        _rig.Choose("hrms");
        await _rig.InstallAsync();
        _before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);
        _after = await _rig.ImagesAsync();
        Assert.NotEqual(_before, _after);
    }
}
