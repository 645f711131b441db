using System.Reflection;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Run;

public sealed class InstallerTests : IDisposable
{
    private readonly TestInstallation _installation = new();

    [Fact]
    public async Task All_steps_run_in_order_and_the_state_says_done()
    {
        var first = new ScriptedStep("first");
        var second = new ScriptedStep("second");
        _installation.Steps = [first, second];

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.Done, result.ExitCode);
        Assert.Equal(["first", "second"], _installation.Events.OfType<StepFinished>().Select(e => e.Step));
        Assert.Equal(StepStatus.Done, _installation.State().Of("second").Status);
        Assert.Equal("second", _installation.State().Output("second", "made"));
        Assert.Equal(0, Assert.IsType<Finished>(_installation.Events[^1]).ExitCode);
    }

    [Fact]
    public async Task A_step_that_is_in_place_is_not_repeated()
    {
        var step = new ScriptedStep("image") { IsThere = true };
        _installation.Steps = [step];

        await _installation.InstallAsync();

        Assert.Equal(0, step.Runs);
        Assert.True(_installation.Events.OfType<StepFinished>().Single().Skipped);
    }

    [Fact]
    public async Task A_failed_step_keeps_code_message_and_hint_and_the_next_run_resumes_there()
    {
        var fails = true;
        var before = new ScriptedStep("apps");
        var step = new ScriptedStep("image", (_, _) =>
            fails ? throw new StateDirectoryUnusable("the disk is full") : Task.CompletedTask
        );
        _installation.Steps = [before, step];

        var result = await _installation.InstallAsync();
        var kept = _installation.State().Of("image");
        fails = false;
        var again = await _installation.InstallAsync();

        Assert.Equal("image", result.Step);
        Assert.Equal(
            (StepStatus.Failed, ErrorCode.StateDirectoryUnusable.Word, "the disk is full"),
            (kept.Status, kept.Error, kept.Message)
        );
        Assert.False(string.IsNullOrEmpty(kept.Hint));
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(1, before.Runs);
        Assert.Equal(2, _installation.State().Of("image").Attempt);
        Assert.Null(_installation.State().Of("image").Error);
    }

    [Fact]
    public async Task A_step_that_was_done_and_is_done_again_begins_at_its_first_attempt()
    {
        var step = new ScriptedStep("image");
        _installation.Steps = [step];
        await _installation.InstallAsync();
        step.IsThere = false;

        await _installation.InstallAsync();

        Assert.Equal([1, 1], _installation.Events.OfType<StepStarted>().Select(s => s.Attempt));
    }

    [Fact]
    public async Task A_step_that_leaves_no_result_is_not_called_done()
    {
        _installation.Steps = [new ScriptedStep("image") { LeavesResult = false }];

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.StepFailed, result.ExitCode);
        Assert.Equal(ErrorCode.ResultMissing.Word, result.Error);
    }

    [Fact]
    public async Task An_interruption_stops_the_step_and_is_recorded()
    {
        using var stop = new CancellationTokenSource();
        _installation.Steps = [new ScriptedStep("image", async (_, cancellation) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellation);
            })];

        var result = await _installation.InstallAsync(cancellation: stop.Token);

        Assert.Equal((int)ExitCode.Interrupted, result.ExitCode);
        Assert.Equal(StepStatus.Interrupted, _installation.State().Of("image").Status);
    }

    // Between two steps, or while the next one looks at what is there, no step is running.
    [Fact]
    public async Task A_run_that_was_interrupted_between_two_steps_is_named_and_continued()
    {
        using var stop = new CancellationTokenSource();
        var first = new ScriptedStep("restore", (_, _) => stop.CancelAsync());
        var second = new ScriptedStep("verification");
        (_installation.Operation, _installation.OtherSteps) = (Operation.Rollback("erp.example.com"), [first, second]);

        await _installation.InstallAsync(cancellation: stop.Token);
        var left = UnfinishedOperation.Find(_installation.Directory);
        var run = RollbackState().Run;
        _installation.Time.Advance(TimeSpan.FromMinutes(1));
        var planned = await PlanInstallAsync();
        await _installation.InstallAsync();

        Assert.Equal(
            "The last rollback was interrupted before verification. "
                + "Continue it: erp-installer rollback --replace erp.example.com",
            left?.Text
        );
        Assert.Contains(planned.OfType<Log>(), l => l.Line == left?.Text);
        Assert.Equal((1, 1), (first.Runs, second.Runs));
        Assert.Equal(run, RollbackState().Run);
        Assert.Null(UnfinishedOperation.Find(_installation.Directory));
    }

    [Fact]
    public async Task An_install_that_is_interrupted_before_the_site_is_open_is_not_done()
    {
        using var stop = new CancellationTokenSource();
        var guard = DispatchProxy.Create<IDataGuard, StoppedWhileOpening>();
        ((StoppedWhileOpening)(object)guard).Stop = stop;
        (_installation.Guard, _installation.Steps) = (guard, [new ScriptedStep("verification")]);

        var result = await _installation.InstallAsync(cancellation: stop.Token);

        Assert.Equal((int)ExitCode.Interrupted, result.ExitCode);
        Assert.Equal(StepStatus.Interrupted, _installation.State().Of("verification").Status);
    }

    [Fact]
    public async Task A_bug_in_the_installer_ends_with_exit_code_1_and_a_stack_trace_in_the_log()
    {
        _installation.Steps = [new ScriptedStep("image", (_, _) => throw new FormatException("unexpected"))];

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.Internal, result.ExitCode);
        Assert.Contains(
            nameof(FormatException),
            await File.ReadAllTextAsync(_installation.Directory.InstallLog, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Changed_answers_are_refused_with_their_steps_until_they_are_accepted()
    {
        var step = new ScriptedStep("image");
        _installation.Steps = [step];
        await _installation.InstallAsync();
        step.Input = "other";
        step.IsThere = false;

        var refused = await _installation.InstallAsync();
        var kept = _installation.State().Of("image").Status;
        var accepted = await _installation.InstallAsync(acceptChanges: true);

        Assert.Equal((int)ExitCode.AnswersChanged, refused.ExitCode);
        Assert.Contains("image", refused.Message!, StringComparison.Ordinal);
        Assert.EndsWith(
            "erp-installer install --answers FILE --accept-changes",
            refused.Hint,
            StringComparison.Ordinal
        );
        Assert.Equal(StepStatus.Done, kept);
        Assert.Equal(0, accepted.ExitCode);
        Assert.Equal(2, step.Runs);
    }

    [Fact]
    public async Task A_second_run_reports_the_running_process()
    {
        _installation.Directory.Prepare();
        using var held = RunLock.Take(_installation.Directory, _installation.Time);

        var result = await _installation.InstallAsync();

        Assert.Equal((int)ExitCode.LockHeld, result.ExitCode);
        Assert.Contains(
            $"pid {Environment.ProcessId} since 2026-11-23T12:00:00Z",
            result.Message!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_rehearsal_does_not_touch_the_state_of_a_real_installation()
    {
        _installation.Steps = [new ScriptedStep("image")];
        _installation.Rehearsal = false;
        await _installation.InstallAsync();
        _installation.Rehearsal = true;

        var result = await _installation.InstallAsync();

        Assert.Equal(ErrorCode.RehearsalMismatch.Word, result.Error);
        Assert.False(_installation.State().Rehearsal);
    }

    [Fact]
    public async Task No_event_no_log_and_no_state_file_contains_a_secret()
    {
        const string Canary = "canary-Zx81-value";
        _installation.Secrets.Register(Canary);
        _installation.Steps = [new ScriptedStep("image", (context, _) =>
            {
                context.Report.Log($"logging in with {Canary}");
                throw new StateDirectoryUnusable($"refused {Canary}");
            })];

        await _installation.InstallAsync();

        var files = Directory.EnumerateFiles(_installation.Directory.Path).Select(File.ReadAllText);
        Assert.DoesNotContain(files, text => text.Contains(Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(_installation.Events, e => e.ToString().Contains(Canary, StringComparison.Ordinal));
    }

    public void Dispose() => _installation.Dispose();

    private InstallState RollbackState() => new StateFile(_installation.Directory, Operation.RollbackId).Read();

    private async Task<IReadOnlyList<EngineEvent>> PlanInstallAsync()
    {
        using var other = new TestInstallation();
        File.Copy(_installation.Directory.StateOf(Operation.RollbackId), Prepared(other).StateOf(Operation.RollbackId));
        other.Steps = [new ScriptedStep("image")];
        await new Planner(other.Open()).PlanAsync(TestContext.Current.CancellationToken);
        return [.. other.Events];
    }

    private static StateDirectory Prepared(TestInstallation installation)
    {
        installation.Directory.Prepare();
        return installation.Directory;
    }

    // Opens no site: the operator stops the run there.
#pragma warning disable CA1852 // DispatchProxy derives from it.
    internal class StoppedWhileOpening : DispatchProxy
#pragma warning restore CA1852
    {
        public CancellationTokenSource? Stop { get; set; }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments) =>
            method?.Name == nameof(IDataGuard.ReopenAsync) ? StopAsync() : Task.CompletedTask;

        private async Task StopAsync()
        {
            await Stop!.CancelAsync();
            Stop.Token.ThrowIfCancellationRequested();
        }
    }
}
