using System.Collections.Concurrent;
using System.Net;
using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Outside.Site;
using ErpInstaller.Rehearsal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>Protection of a site's data while an update changes its database, and the way back.</summary>
public sealed class UpdateGuardTests : IDisposable
{
    private const string Stopping = "erpnext: stopping; the site shows its maintenance page";
    private const string BackingUp = "backing up erp.example.com before its database changes";
    private const string Closing = "closing erp.example.com, and waiting for its workers";
    private const string Migrating = "erpnext-init: registering";
    private const string Starting = "erpnext: registering";
    private const string GoingBack = "going back: restoring the backup 4f3c2b1a";

    private readonly RehearsedDeployment _rig = new();

    // Requests to Nomad come from several threads.
    private readonly ConcurrentQueue<string> _said = new();

    public UpdateGuardTests()
    {
        _rig.Listen(e => _said.Enqueue((e as Progress)?.Text ?? ""));
        _rig.Choose("hrms");
    }

    [Fact]
    public async Task The_backup_is_made_after_the_application_stopped_and_before_the_database_changes()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");

        var result = await _rig.InstallAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        string[] turns = [Migrating, Closing, Stopping, BackingUp, Starting];
        Assert.Equal(
            [Migrating, Starting, Migrating, Closing, Stopping, BackingUp, Migrating, Starting],
            _rig.Told.Where(turns.Contains)
        );
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.StartsWith("erp.example.com is open again: the site was closed for ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_first_install_and_an_update_without_other_tables_make_no_backup()
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Scale = _rig.Answers.Scale with { QueueShort = 2 } };
        await _rig.InstallAsync();

        Assert.DoesNotContain(BackingUp, _rig.Told);
        Assert.DoesNotContain(Closing, _rig.Told);
    }

    [Theory]
    [InlineData("repository-unreachable", "BackupRepositoryUnreachable")]
    [InlineData("repository-password", "BackupPasswordWrong")]
    [InlineData("disk-full", "BackupRepositoryFull")]
    public async Task Without_a_backup_nothing_is_migrated_and_the_old_application_starts_again(
        string word,
        string code
    )
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        _rig.FailAction("backup", word);

        var result = await _rig.InstallAsync();

        Assert.Equal((4, code), (result.ExitCode, result.Error));
        Assert.Contains("its backup failed", result.Message, StringComparison.Ordinal);
        Assert.Contains("erp-installer install", result.Hint, StringComparison.Ordinal);
        Assert.Equal(before, await _rig.ImagesAsync());
        Assert.Equal(2, _rig.Told.Count(t => t == Migrating));
    }

    [Theory]
    [InlineData("workers-busy", "WorkersBusy", "frappe.ping runs in long")]
    [InlineData("in-maintenance", "SiteInMaintenance", "is in maintenance mode")]
    [InlineData("anything", "BackupFailed", "The update did not begin: The closing of the site failed")]
    public async Task A_site_that_cannot_be_closed_is_left_as_it_is(string word, string code, string message)
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        _rig.FailAction("close", word, "frappe.ping runs in long");

        var result = await _rig.InstallAsync();

        Assert.Equal((4, code), (result.ExitCode, result.Error));
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Stopping, _rig.Told);
        Assert.Equal(before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task An_update_without_a_safeguard_is_asked_for_by_name()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { Safeguard = UpdateSafeguard.None } };

        var result = await _rig.InstallAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain(BackingUp, _rig.Told);
        Assert.Contains(Closing, _rig.Told);
    }

    [Fact]
    public async Task After_an_update_without_a_safeguard_no_rollback_jumps_over_it_to_an_older_backup()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        await _rig.InstallAsync();
        var withBackup = File.ReadAllText(_rig.StateFile("update.toml"));
        _rig.Choose("hrms", "crm", "lending");
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { Safeguard = UpdateSafeguard.None } };

        await _rig.InstallAsync();
        var last = File.ReadAllText(_rig.StateFile("update.toml"));
        var rollback = await _rig.RunAsync(Operation.Rollback("erp.example.com"));

        Assert.Contains("[previous]", withBackup, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.NothingToRollBack.Word, rollback.Error);
        Assert.Contains("last = \"the site was closed for ", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_a_failed_update_changed_without_a_safeguard_is_not_secured_afterwards()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { Safeguard = UpdateSafeguard.None } };
        _rig.Nomad.OnFollowing = () =>
        {
            _rig.Nomad.Failures.Remove("site");
            if (_said.Contains(Stopping))
            {
                _rig.Nomad.Failures["site"] = TaskFailure.ExitCode;
            }
        };
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers() };

        var failed = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.AllocationFailed.Word), (failed.ExitCode, failed.Error));
        Assert.Contains("stays closed", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(BackingUp, _rig.Told);
        Assert.DoesNotContain(GoingBack, _rig.Told);
    }

    [Fact]
    public async Task An_update_whose_end_was_not_recorded_is_ended_before_the_next_one_makes_its_own_backup()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        _rig.FailAction("open", "repository-unreachable");
        var notOpened = await _rig.InstallAsync();
        _rig.FailNothing();
        var between = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm", "lending");

        var result = await _rig.InstallAsync();
        var back = await _rig.RunAsync(Operation.Rollback("erp.example.com"));

        Assert.Equal(4, notOpened.ExitCode);
        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(2, _rig.Told.Count(t => t == BackingUp));
        Assert.Equal((0, between), (back.ExitCode, await _rig.ImagesAsync()));
    }

    [Fact]
    public async Task An_update_that_ends_before_it_changes_the_database_leaves_the_way_back_of_the_one_before()
    {
        await _rig.InstallAsync();
        var first = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        await _rig.InstallAsync();
        var second = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm", "lending");
        var backups = _rig.Told.Count(t => t == BackingUp);
        _rig.Nomad.OnFollowing = () =>
        {
            _rig.Nomad.Failures.Remove("site");
            if (_rig.Told.Count(t => t == BackingUp) > backups)
            {
                _rig.Nomad.Failures["site"] = TaskFailure.NothingChanged;
            }
        };

        var failed = await _rig.InstallAsync();
        var served = await _rig.ImagesAsync();
        var said = await LastUpdateAsync();
        _rig.FailNothing();
        var back = await _rig.RunAsync(Operation.Rollback("erp.example.com"));

        Assert.Equal(ErrorCode.AllocationFailed.Word, failed.Error);
        Assert.Equal(second, served);
        Assert.Equal("the update did not change the database", said);
        Assert.Equal((0, first), (back.ExitCode, await _rig.ImagesAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kept_data_of_a_removed_installation_are_backed_up_before_another_image_changes_them(bool fails)
    {
        await _rig.InstallAsync();
        foreach (var job in (string[])["erpnext", "erpnext-init"])
        {
            await _rig.Client.RemoveJobAsync(job, TestContext.Current.CancellationToken);
        }

        _rig.Choose("hrms", "crm");
        _rig.Nomad.OnFollowing = () =>
        {
            _rig.Nomad.Failures.Remove("site");
            if (!_said.Contains(Closing))
            {
                _rig.Nomad.Failures["site"] = TaskFailure.MustStop;
            }
            else if (fails && _said.Contains(BackingUp))
            {
                _rig.Nomad.Failures["site"] = TaskFailure.ExitCode;
            }
        };

        var result = await _rig.InstallAsync();

        Assert.Equal(fails ? 4 : 0, result.ExitCode);
        Assert.Contains(BackingUp, _rig.Told);
        Assert.DoesNotContain(GoingBack, _rig.Told);
        Assert.Equal(fails, result.Message?.Contains("stays closed", StringComparison.Ordinal) == true);
        Assert.Equal(
            fails,
            result.Hint!.Contains("Backup 4f3c2b1a has the data as they were", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("rollback", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_migrate_fails_application_and_data_of_before_come_back_and_the_next_run_tries_again()
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        FailMigration();

        var failed = await _rig.InstallAsync();
        var after = await _rig.ImagesAsync();
        var foretold = await LastUpdateAsync();
        _rig.FailNothing();
        var again = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.UpdateTakenBack.Word), (failed.ExitCode, failed.Error));
        Assert.Contains("went back to what it was", failed.Message, StringComparison.Ordinal);
        Assert.Contains("closed for", failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, failed.Hint!.Split("erp-installer install").Length);
        Assert.Contains(GoingBack, _rig.Told);
        Assert.Equal(before, after);
        Assert.Contains("went back to what it was", foretold, StringComparison.Ordinal);
        Assert.Equal((0, null), (again.ExitCode, again.Message));
        Assert.Equal(2, _rig.Told.Count(t => t == BackingUp));
        Assert.NotEqual(before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task When_the_new_application_does_not_become_healthy_the_old_one_comes_back()
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        _rig.Nomad.OnFollowing = () =>
        {
            var said = _said.ToList();
            var isNew = said.Contains(BackingUp) && said.Last(t => t is Starting or BackingUp or GoingBack) == Starting;
            _rig.Nomad.Failures.Clear();
            if (isNew)
            {
                _rig.Nomad.Failures["backend"] = TaskFailure.ExitCode;
            }
        };

        var failed = await _rig.InstallAsync();

        Assert.Equal(ErrorCode.UpdateTakenBack.Word, failed.Error);
        Assert.Equal(before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task On_failure_stay_leaves_the_site_closed_and_says_how_to_go_on_and_back()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { OnFailure = UpdateFailure.Stay } };
        FailMigration();

        var failed = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.AllocationFailed.Word), (failed.ExitCode, failed.Error));
        Assert.Contains("stays closed", failed.Message, StringComparison.Ordinal);
        Assert.Contains("erp-installer rollback", failed.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(GoingBack, _rig.Told);
    }

    [Fact]
    public async Task A_restore_ends_an_update_that_did_not_end_and_nothing_goes_back_after_it()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        FailMigration();
        _rig.FailAction("back", "repository-unreachable");
        var stuck = await _rig.InstallAsync();
        _rig.FailNothing();

        var restored = InstallSteps
            .Guard()
            .ReplacedAsync(_rig.Open().ContextOf(StepId.Verification), TestContext.Current.CancellationToken);
        await _rig.PassTimeAsync(restored);
        await restored;
        var next = await _rig.InstallAsync();

        Assert.Equal(ErrorCode.UpdateStuck.Word, stuck.Error);
        Assert.Equal((0, null), (next.ExitCode, next.Message));
    }

    [Fact]
    public async Task When_the_way_back_fails_the_site_stays_closed_and_the_next_run_goes_on_with_it()
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        FailMigration();
        _rig.FailAction("back", "repository-unreachable");

        var stuck = await _rig.InstallAsync();
        _rig.FailNothing();
        var back = await _rig.InstallAsync();

        Assert.Equal((4, ErrorCode.UpdateStuck.Word), (stuck.ExitCode, stuck.Error));
        Assert.Contains("4f3c2b1a", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("erp-installer install", stuck.Hint, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.UpdateTakenBack.Word, back.Error);
        Assert.Equal(before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task Interrupted_at_any_event_the_update_goes_on_to_the_new_application()
    {
        var length = await EventsOfAsync(fails: false);
        for (var at = 1; at < length; at += Stride(length))
        {
            using var rig = new UpdateGuardTests();
            await rig._rig.InstallAsync();
            rig._rig.Choose("hrms", "crm");
            await rig._rig.InterruptAsync(Operation.Install, at);

            var result = await rig._rig.InstallAsync();

            Assert.Equal((at, 0, null), (at, result.ExitCode, result.Message));
            Assert.True(rig._rig.Told.Contains(BackingUp), $"no backup when interrupted at {at}");
            Assert.Equal(RehearsedDeployment.ApplicationContainers, await rig._rig.RunningAsync());
        }
    }

    [Fact]
    public async Task Interrupted_at_any_event_a_failing_update_goes_back_to_the_old_application()
    {
        var length = await EventsOfAsync(fails: true);
        for (var at = 1; at < length; at += Stride(length))
        {
            using var rig = new UpdateGuardTests();
            await rig._rig.InstallAsync();
            var before = await rig._rig.ImagesAsync();
            rig._rig.Choose("hrms", "crm");
            rig.FailMigration();
            await rig._rig.InterruptAsync(Operation.Install, at);

            var result = await rig._rig.InstallAsync();

            Assert.Equal((at, ErrorCode.UpdateTakenBack.Word), (at, result.Error));
            Assert.Equal(before, await rig._rig.ImagesAsync());
        }
    }

    [Fact]
    public async Task When_the_verification_fails_application_and_data_of_before_come_back()
    {
        var fails = false;
        var verification = new ScriptedStep(StepId.Verification, (_, _) =>
            fails
                ? throw new InstallerException(ErrorCode.VerificationFailed, "ping: status 500", "Look.")
                : Task.CompletedTask
        );
        _rig.Add(verification);
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.Choose("hrms", "crm");
        (verification.IsThere, fails) = (false, true);

        var failed = await _rig.InstallAsync();

        Assert.Equal(ErrorCode.UpdateTakenBack.Word, failed.Error);
        Assert.Contains("ping: status 500", failed.Message, StringComparison.Ordinal);
        Assert.Contains(GoingBack, _rig.Events.OfType<Progress>().Select(p => p.Text));
        Assert.Equal(before, await _rig.ImagesAsync());
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("4f3c2b1a", "", null)]
    [InlineData("4f3c2b1a", "4f3c2b1a", "UpdateTakenBack")]
    public async Task A_site_that_an_update_closed_is_opened_without_the_state_directory_of_that_update(
        string snapshot,
        string restoring,
        string? error
    )
    {
        await _rig.InstallAsync();
        var image = (await _rig.ImagesAsync()).Split(": ")[^1];
        File.Delete(_rig.StateFile("update.toml"));
        _rig.Site = _ => new SiteInMaintenance();
        _rig.Nomad.Client.OutputOf = task =>
            task["Env"]?[BackupJob.ActionKey]?.GetValue<string>() == "find"
                ? $$"""{"backup": "held", "closed": true, "run": "r", "image": "{{image}}", "apps": "erpnext hrms","""
                    + $$""" "began": 1795913229, "snapshot": "{{snapshot}}", "restoring": "{{restoring}}"}"""
                : null;

        var result = await _rig.InstallAsync();

        Assert.Equal(error, result.Error);
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.EndsWith("and this state directory does not know it", StringComparison.Ordinal)
        );
        Assert.False(File.ReadAllText(_rig.StateFile("update.toml")).Contains("phase =", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_update_and_a_backup_need_no_init_job_that_Nomad_has_forgotten()
    {
        await _rig.InstallAsync();
        await _rig.Client.RemoveJobAsync("erpnext-init", TestContext.Current.CancellationToken);

        var backup = await _rig.RunAsync(Operation.Backup);
        await _rig.Client.RemoveJobAsync("erpnext-init", TestContext.Current.CancellationToken);
        _rig.Choose("hrms", "crm");
        var update = await _rig.InstallAsync();

        Assert.Equal((0, null), (backup.ExitCode, backup.Message));
        Assert.Equal((0, null), (update.ExitCode, update.Message));
        Assert.Contains(BackingUp, _rig.Told);
    }

    public void Dispose() => _rig.Dispose();

    // Some of the events are enough for each run of the tests.
    private static int Stride(int length) => Math.Max(1, length / 6);

    // The number of events of an update.
    private static async Task<int> EventsOfAsync(bool fails)
    {
        using var rig = new UpdateGuardTests();
        await rig._rig.InstallAsync();
        var before = rig._rig.Events.Count;
        rig._rig.Choose("hrms", "crm");
        if (fails)
        {
            rig.FailMigration();
        }

        await rig._rig.InstallAsync();
        return rig._rig.Events.Count - before;
    }

    // The configurator of the old image finds nothing to change, so only the new one's job fails.
    private void FailMigration() =>
        _rig.Nomad.OnFollowing = () =>
        {
            _rig.Nomad.Failures.Remove("site");
            if (_said.Contains(BackingUp) && !_said.Contains(GoingBack))
            {
                _rig.Nomad.Failures["site"] = TaskFailure.ExitCode;
            }
        };

    private async Task<string> LastUpdateAsync() =>
        (await _rig.PlanAsync()).Changes.Single(c => c.Subject == "last update").Why;

    private sealed class SiteInMaintenance : ISite
    {
        public Task<SiteAnswer> GetAsync(SiteRequest request, CancellationToken cancellation) =>
            Task.FromResult(new SiteAnswer(503, "", Location: null, Fingerprint: null, Trusted: false));

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([]);
    }
}
