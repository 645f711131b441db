using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;
using ErpInstaller.Updates;

namespace ErpInstaller.Tests.Deployment;

/// <summary>An app is taken out of the site with its data, after a backup, and with a way back.</summary>
public sealed class AppRemovalTests : IDisposable
{
    private const string Closing = "closing erp.example.com, and waiting for its workers";
    private const string Stopping = "erpnext: stopping; the site shows its maintenance page";
    private const string BackingUp = "backing up erp.example.com before its database changes";
    private const string Removing = "removing crm from erp.example.com";
    private const string Migrating = "erpnext-init: registering";
    private const string Starting = "erpnext: registering";
    private const string GoingBack = "going back: restoring the backup 4f3c2b1a";

    private readonly RehearsedDeployment _rig = new();

    public AppRemovalTests() => _rig.Choose("hrms", "crm");

    [Theory]
    [InlineData(UpdateSafeguard.Backup)]
    [InlineData(UpdateSafeguard.None)]
    public async Task The_app_goes_after_the_backup_and_before_the_new_image_whatever_the_answers_say_about_backups(
        UpdateSafeguard safeguard
    )
    {
        await _rig.InstallAsync();
        _rig.Answers = _rig.Answers with { Update = new UpdateAnswers { Safeguard = safeguard } };

        var result = await RemoveAsync();

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        string[] turns = [Closing, Stopping, BackingUp, Removing, Migrating, Starting];
        Assert.Equal([Migrating, Starting, .. turns], _rig.Told.Where(turns.Contains));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line == "removed from erp.example.com: crm; backup 4f3c2b1a has the data"
        );
        _rig.AskedFor = AskedFor.Nothing;
        await _rig.InstallAsync();
        Assert.Single(_rig.Told, t => t == Removing);
    }

    [Fact]
    public async Task The_plan_names_the_app_and_the_backup()
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms");
        _rig.AskedFor = new AskedFor { RemovedApps = ["crm"] };

        var plan = await _rig.PlanAsync();

        var change = plan.Changes.Single(c => c.Subject == "app crm");
        Assert.Equal(ChangeKind.Destroy, change.Kind);
        Assert.Contains("a backup is made and read back first", change.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_backup_the_app_stays_and_the_site_serves_again()
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.FailAction("backup", "repository-unreachable");

        var result = await RemoveAsync();

        Assert.Equal((4, "BackupRepositoryUnreachable"), (result.ExitCode, result.Error));
        Assert.Contains("When a backup works: erp-installer apps remove crm", result.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("safeguard", result.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(Removing, _rig.Told);
        Assert.Equal(before, await _rig.ImagesAsync());
    }

    [Fact]
    public async Task When_the_app_cannot_be_removed_application_and_data_of_before_come_back()
    {
        await _rig.InstallAsync();
        var before = await _rig.ImagesAsync();
        _rig.FailAction("uninstall", "app-not-removed", "crm: App crm is a dependency of shop. Uninstall shop first.");

        var failed = await RemoveAsync();
        var after = await _rig.ImagesAsync();
        _rig.FailNothing();
        var again = await RemoveAsync();

        Assert.Equal(ErrorCode.UpdateTakenBack.Word, failed.Error);
        Assert.Contains("crm is a dependency of shop", failed.Message, StringComparison.Ordinal);
        Assert.Contains(GoingBack, _rig.Told);
        Assert.Equal(before, after);
        Assert.Equal((0, null), (again.ExitCode, again.Message));
    }

    [Fact]
    public async Task A_removal_that_was_interrupted_goes_on_with_a_plain_install()
    {
        using var stop = new CancellationTokenSource();
        await _rig.InstallAsync();
        _rig.Heard = e => Stop(e as Progress);
        _rig.Choose("hrms");
        _rig.AskedFor = new AskedFor { RemovedApps = ["crm"] };

        var interrupted = await _rig.InstallAsync(stop.Token);
        _rig.Heard = null;
        _rig.AskedFor = AskedFor.Nothing;
        var result = await _rig.InstallAsync();

        Assert.Equal(StepStatus.Interrupted, interrupted.Status);
        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal(2, _rig.Told.Count(t => t == Removing));

        void Stop(Progress? said)
        {
            if (said?.Text == Removing)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task Only_what_nothing_else_needs_goes_with_the_app()
    {
        _rig.Answers = _rig.Answers with
        {
            Apps = _rig.Answers.Apps with
            {
                Override = new() { ["helpdesk"] = Needs("telephony"), ["lms"] = Needs("payments") },
            },
        };
        _rig.Choose("hrms", "helpdesk", "lms");
        await _rig.InstallAsync();

        _rig.Choose("hrms", "lms");
        Assert.Equal(["helpdesk", "telephony"], await FindAsync("helpdesk"));
        _rig.Choose("hrms", "helpdesk");
        Assert.Equal(["lms", "payments"], await FindAsync("lms"));
        _rig.Choose("lms");
        var error = await Assert.ThrowsAsync<InstallerException>(() => FindAsync("hrms"));
        Assert.Contains("also has the app", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_the_site_does_not_have_is_not_removed()
    {
        await _rig.InstallAsync();

        var error = await Assert.ThrowsAsync<InstallerException>(() => FindAsync("lms"));

        Assert.Equal("erp.example.com does not have the app lms", error.Message);
        Assert.Contains("hrms, crm", error.Hint, StringComparison.Ordinal);
    }

    public void Dispose() => _rig.Dispose();

    private static AppOverride Needs(string app) => new() { Requires = [app] };

    private Task<IReadOnlyList<string>> FindAsync(string app) =>
        AppRemoval.FindAsync(_rig.Open(), app, TestContext.Current.CancellationToken);

    private Task<Finished> RemoveAsync()
    {
        _rig.Choose("hrms");
        _rig.AskedFor = new AskedFor { RemovedApps = ["crm"] };
        return _rig.InstallAsync();
    }
}
