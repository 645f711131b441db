using System.Net;
using System.Text.Json.Nodes;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;
using ErpInstaller.Tests.Deployment;

namespace ErpInstaller.Tests.Restore;

/// <summary>
/// The operation restore: its steps, the jobs that it stops and starts, and its messages when it fails.
/// </summary>
public sealed class RestoreOperationTests : IDisposable
{
    private const string Variable = "nomad/jobs/erpnext-restore";

    private readonly RehearsedDeployment _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_restore_backs_up_replaces_and_verifies_the_site()
    {
        await _rig.InstallAsync();

        var result = await _rig.RunAsync(Restore());

        // The site of this world does not answer, so the verification fails.
        Assert.Equal("verification", result.Step);
        Assert.Equal(
            [
                "backup 4f3c2b1a by hand (v15.75.1) of 2026-11-23 23:10 UTC: 835 tables with 214200 rows, "
                    + "310 files (25.3 MB)",
                "backup 4f3c2b1a: 35.1 MB, 835 tables; 2.4 MB were new to the repository",
            ],
            _rig.Events.OfType<StepFinished>().TakeLast(4).Take(2).Select(s => s.Summary)
        );
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.StartsWith("replaces: 835 tables", StringComparison.Ordinal)
        );
        Assert.NotNull(_rig.Nomad.Variable(Variable, "db_root_password"));
    }

    [Fact]
    public async Task A_plan_that_was_shown_before_does_not_stop_a_restore()
    {
        await _rig.InstallAsync();
        var installed = _rig.Answers;
        _rig.Answers = installed with { Scale = installed.Scale with { QueueShort = 2 } };
        await _rig.PlanAsync();
        _rig.Answers = installed;

        var result = await _rig.RunAsync(Restore());

        Assert.Equal(("verification", 1), (result.Step, _rig.Nomad.Running("erpnext", "backend")));
    }

    [Fact]
    public async Task The_backup_of_what_is_replaced_can_be_left_out_by_name()
    {
        await _rig.InstallAsync();

        await _rig.RunAsync(Restore(safeguard: false));

        Assert.Contains(_rig.Events.OfType<StepFinished>(), s =>
            s.Step == "restore-safeguard" && s.Summary.Contains("--no-safeguard", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("app-missing", "RestoreSourceUnfit", "Add them to apps.install")]
    [InlineData("backup-newer", "RestoreSourceUnfit", "Choose a release")]
    [InlineData("dump-encrypted", "RestoreSourceUnfit", "gpg --decrypt")]
    [InlineData("dump-refused", "RestoreSourceUnfit", "The site is as it was")]
    [InlineData("disk-full", "RestoreNoSpace", "Free space on the node")]
    [InlineData("backup-damaged", "BackupDamaged", "erp-installer backup")]
    [InlineData("backup-missing", "BackupUnknown", "erp-installer backups")]
    [InlineData("anything", "BackupFailed", "again: erp-installer restore 4f3c2b1a --replace erp.example.com")]
    public async Task A_source_that_cannot_be_restored_leaves_the_application_running(
        string word,
        string code,
        string hint
    )
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] =
            $$"""{"backup": "failed", "error": "{{word}}", "message": "said", "restoring": false}""";

        var result = await _rig.RunAsync(Restore());

        Assert.Equal((4, code), (result.ExitCode, result.Error));
        Assert.Contains(hint, result.Hint, StringComparison.Ordinal);
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));
    }

    [Fact]
    public async Task The_hint_to_repeat_a_restore_of_files_names_all_files()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] = """{"backup": "failed", "error": "restore-failed", "message": "said"}""";
        var files = new RestoreFiles("/srv/move it/db.sql.gz", "/srv/move/public.tgz", null, "/srv/move/config.json");

        var result = await _rig.RunAsync(
            Operation.Restore(new RestoreRequest(null, files, Safeguard: true), "erp.example.com")
        );

        Assert.Contains(
            "restore --files '/srv/move it/db.sql.gz' --public /srv/move/public.tgz --config /srv/move/config.json "
                + "--replace erp.example.com",
            result.Hint,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_restore_that_began_to_replace_the_site_is_finished_by_the_same_command()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] =
            """{"backup": "failed", "error": "restore-failed", "message": "said", "restoring": true}""";
        var unfinished = await _rig.RunAsync(Restore());
        _rig.Nomad.Client.Output["backup"] =
            """{"backup": "found", "source": "4f3c2b1a", "restoring": true, "present": {"users": 4}}""";

        await _rig.RunAsync(Restore());

        Assert.Equal((4, ErrorCode.RestoreUnfinished.Word), (unfinished.ExitCode, unfinished.Error));
        Assert.Contains("restore 4f3c2b1a --replace erp.example.com", unfinished.Hint, StringComparison.Ordinal);
        Assert.Contains(_rig.Events.OfType<StepFinished>(), s => s is { Step: "restore-safeguard", Skipped: true });
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("secured")]
    public async Task A_site_that_served_after_an_interruption_is_backed_up_again_before_it_is_replaced(string stage)
    {
        await _rig.InstallAsync();
        await InterruptAsync(stage);
        await _rig.InstallAsync();
        var before = _rig.Events.Count;

        var result = await _rig.RunAsync(Restore());

        Assert.Equal("verification", result.Step);
        Assert.Contains(_rig.Events.Skip(before).OfType<StepFinished>(), s =>
            s is { Step: "restore-safeguard", Skipped: false }
        );
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("secured")]
    public async Task An_interrupted_restore_goes_on_with_the_backup_that_it_made(string stage)
    {
        await _rig.InstallAsync();
        await InterruptAsync(stage);
        var before = _rig.Events.Count;

        var result = await _rig.RunAsync(Restore());

        Assert.Equal("verification", result.Step);
        Assert.Contains(_rig.Events.Skip(before).OfType<StepFinished>(), s =>
            s is { Step: "restore-safeguard", Skipped: true }
        );
    }

    [Theory]
    [InlineData("""{"backup": "failed", "error": "restore-failed", "message": "said", "restoring": false}""", 1)]
    [InlineData("the last line is lost", 0)]
    public async Task The_application_starts_again_only_when_the_script_says_that_nothing_was_replaced(
        string said,
        int running
    )
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.OutputOf = task => task["Env"]?["ACTION"]?.GetValue<string>() == "restore" ? said : null;

        var result = await _rig.RunAsync(Restore());

        Assert.Equal(
            (4, (running == 1 ? ErrorCode.RestoreFailed : ErrorCode.RestoreUnfinished).Word, running),
            (result.ExitCode, result.Error, _rig.Nomad.Running("erpnext", "backend"))
        );
        Assert.Contains("restore 4f3c2b1a --replace erp.example.com", result.Hint, StringComparison.Ordinal);
        _rig.FailNothing();
        Assert.Equal("verification", (await _rig.RunAsync(Restore())).Step);
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_application_starts_again_when_it_does_not_stop(bool safeguard)
    {
        await _rig.InstallAsync();
        var isRefused = false;
        _rig.Heard = e =>
        {
            if (!isRefused && e is Progress { Text: var text } && text.Contains("stopping", StringComparison.Ordinal))
            {
                isRefused = true;
                _rig.Nomad.BeforeRegister = Fail;
            }
        };

        var result = await _rig.RunAsync(Restore(safeguard));

        Assert.Equal((4, safeguard ? "restore-safeguard" : "restore"), (result.ExitCode, result.Step));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Line.Contains("the application starts again", StringComparison.Ordinal)
        );
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));

        JsonObject? Fail(string job)
        {
            _rig.Nomad.BeforeRegister = null;
            _rig.Nomad.FailNext(HttpStatusCode.InternalServerError, "no leader");
            return null;
        }
    }

    [Fact]
    public async Task A_restore_without_an_installation_is_refused()
    {
        var result = await _rig.RunAsync(Restore());

        Assert.Equal((4, ErrorCode.NotInstalled.Word), (result.ExitCode, result.Error));
    }

    // When its record says how far it is.
    private async Task InterruptAsync(string stage)
    {
        using var stop = new CancellationTokenSource();
        var record = _rig.StateFile("restored.txt");
        _rig.Heard = e =>
        {
            if (e is Progress { Step: "restore" } && File.Exists(record) && File.ReadAllLines(record).Contains(stage))
            {
                stop.Cancel();
            }
        };
        await _rig.RunAsync(Restore(), stop.Token);
        _rig.Heard = null;
        Assert.True(stop.IsCancellationRequested);
    }

    private static Operation Restore(bool safeguard = true) =>
        Operation.Restore(new RestoreRequest("4f3c2b1a", Files: null, safeguard), "erp.example.com");
}
