using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;
using ErpInstaller.Tests.Deployment;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Backup;

/// <summary>The operation backup: its steps, its state file, its job at Nomad.</summary>
public sealed class BackupOperationTests : IDisposable
{
    private const string Registered = "PUT /v1/jobs";
    private const string Variable = "nomad/jobs/erpnext-backup";

    private readonly RehearsedDeployment _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_backup_is_written_and_read_back()
    {
        await _rig.InstallAsync();

        var result = await _rig.RunAsync(Operation.Backup);

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Equal("4f3c2b1a", result.Outputs["snapshot"]);
        Assert.Equal(
            [
                "backup 4f3c2b1a: 35.1 MB, 835 tables; 2.4 MB were new to the repository",
                "backup 4f3c2b1a was read back: 835 tables",
            ],
            _rig.Events.OfType<StepFinished>().TakeLast(2).Select(s => s.Summary)
        );
    }

    [Fact]
    public async Task Each_run_makes_a_new_backup_and_leaves_the_state_of_the_install_alone()
    {
        await _rig.InstallAsync();
        var state = await File.ReadAllTextAsync(_rig.StateFile("state.toml"), TestContext.Current.CancellationToken);

        await _rig.RunAsync(Operation.Backup);
        var first = RunOf();
        await _rig.RunAsync(Operation.Backup);

        Assert.NotEqual(first, RunOf());
        Assert.Equal(
            4,
            _rig.Events.OfType<StepStarted>().Count(s => s.Step.StartsWith("backup", StringComparison.Ordinal))
        );
        Assert.Equal(
            state,
            await File.ReadAllTextAsync(_rig.StateFile("state.toml"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task An_interrupted_run_continues_to_follow_the_backup_that_it_began()
    {
        await _rig.InstallAsync();
        using var stop = new CancellationTokenSource();
        var seen = 0;
        _rig.Nomad.OnFollowing = () =>
        {
            if (Registrations() == 4 && ++seen == 3)
            {
                stop.Cancel();
            }
        };
        var interrupted = await _rig.RunAsync(Operation.Backup, stop.Token);
        var run = RunOf();
        _rig.Nomad.OnFollowing = null;

        var resumed = await _rig.RunAsync(Operation.Backup);

        Assert.Equal((130, 0), (interrupted.ExitCode, resumed.ExitCode));
        Assert.Equal(run, RunOf());
        // Three jobs of the install, one backup, one check.
        Assert.Equal(5, Registrations());
    }

    [Fact]
    public async Task Without_an_installation_nothing_is_registered()
    {
        var result = await _rig.RunAsync(Operation.Backup);

        Assert.Equal((4, ErrorCode.NotInstalled.Word), (result.ExitCode, result.Error));
        Assert.DoesNotContain(Registered, _rig.Nomad.Requests);
        Assert.Null(_rig.Nomad.Variable(Variable, "repository_password"));
    }

    [Theory]
    [InlineData("repository-password", "BackupPasswordWrong", "Give its password as backup.password")]
    [InlineData("repository-unreachable", "BackupRepositoryUnreachable", "Check backup.repository in the answers")]
    [InlineData("repository-denied", "BackupRepositoryDenied", "Check backup.user and backup.secret")]
    [InlineData("repository-tls", "BackupRepositoryUnreachable", "set backup.ca_certificate in the answers")]
    [InlineData("repository-locked", "BackupRepositoryLocked", "when the other backup has ended: erp-installer backup")]
    [InlineData("disk-full", "BackupRepositoryFull", "Free space on the node")]
    [InlineData("dump-failed", "BackupDumpFailed", "Check that the site works: erp-installer plan")]
    [InlineData("dump-encrypted", "BackupDumpFailed", "Turn off Encrypt Backups")]
    [InlineData("backup-damaged", "BackupDamaged", "Make a new one: erp-installer backup")]
    [InlineData("backup-running", "BackupRunning", "when it has ended: erp-installer backup")]
    [InlineData("restore-unfinished", "RestoreUnfinished", "Run the restore again: erp-installer restore ID")]
    [InlineData("restic-missing", "BackupFailed", "erp-installer plan")]
    [InlineData("anything", "BackupFailed", "Run the same command again: erp-installer backup")]
    public async Task Each_failure_of_the_script_has_a_code_and_a_hint(string word, string code, string hint)
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] =
            $$"""{"backup": "failed", "error": "{{word}}", "message": "said by \u001b[31mrestic"}""";

        var result = await _rig.RunAsync(Operation.Backup);

        Assert.Equal((4, code), (result.ExitCode, result.Error));
        Assert.Contains(hint, result.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Message!);
    }

    [Fact]
    public async Task A_container_that_is_killed_ends_the_backup_with_the_reason()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Failures[BackupJob.Group] = TaskFailure.OutOfMemory;

        var result = await _rig.RunAsync(Operation.Backup);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("OOM Killed", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_another_run_is_not_stopped()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] = string.Concat(
            Enumerable.Repeat("""{"backup": "progress", "text": "storing"}""" + "\n", 1000)
        );
        using var stop = new CancellationTokenSource();
        _rig.Nomad.OnFollowing = () =>
        {
            if (Registrations() == 4)
            {
                stop.Cancel();
            }
        };
        await _rig.RunAsync(Operation.Backup, stop.Token);
        _rig.Nomad.OnFollowing = null;
        File.Delete(_rig.StateFile("backup.toml"));

        var result = await _rig.RunAsync(Operation.Backup);

        Assert.Equal((4, ErrorCode.BackupRunning.Word), (result.ExitCode, result.Error));
        Assert.Equal(4, Registrations());
        Assert.Equal(1, _rig.Nomad.Running("erpnext-backup", BackupJob.Group));
    }

    [Fact]
    public async Task The_password_of_the_repository_is_made_once()
    {
        await _rig.InstallAsync();
        await _rig.RunAsync(Operation.Backup);
        var made = _rig.Nomad.Variable(Variable, "repository_password");

        await _rig.RunAsync(Operation.Backup);

        Assert.Equal(32, made!.Length);
        Assert.Equal(made, _rig.Nomad.Variable(Variable, "repository_password"));
        Assert.DoesNotContain(_rig.Events, e => e.ToString().Contains(made, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("ofMine12", 0)]
    public async Task The_backup_that_creates_the_repository_says_to_write_its_new_password_down(string? own, int times)
    {
        _rig.Answers = _rig.Answers with
        {
            Backup = new BackupAnswers { Password = own is null ? null : new SecretSource { Literal = own } },
        };
        await _rig.InstallAsync();
        // The first backup makes the password, and fails.
        _rig.FailAction("backup", "disk-full");
        await _rig.RunAsync(Operation.Backup);
        _rig.Nomad.Client.OutputOf = task =>
            task["Env"]?[BackupJob.ActionKey]?.GetValue<string>() == "backup"
                ? """
                    {"backup": "created"}
                    {"backup": "done", "snapshot": "4f3c2b1a", "bytes": 1, "added": 1, "tables": 1, "removed": 0}

                    """
                : null;

        await _rig.RunAsync(Operation.Backup);

        Assert.Equal(
            times,
            _rig.Events.OfType<Log>()
                .Count(l => l.Line.Contains("erp-installer secrets repository_password", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_password_of_an_existing_repository_comes_from_the_answers()
    {
        _rig.Answers = _rig.Answers with
        {
            Backup = new BackupAnswers { Password = new SecretSource { Literal = "ofAnotherHost" } },
        };
        await _rig.InstallAsync();

        await _rig.RunAsync(Operation.Backup);

        Assert.Equal("ofAnotherHost", _rig.Nomad.Variable(Variable, "repository_password"));
    }

    [Fact]
    public async Task The_backups_are_listed_oldest_first()
    {
        await _rig.InstallAsync();

        var listing = new BackupList(_rig.Open()).ReadAsync(TestContext.Current.CancellationToken);
        await _rig.PassTimeAsync(listing);

        Assert.Equal(["9d8e7f60", "4f3c2b1a"], (await listing).Backups.Select(b => b.Id));
    }

    [Fact]
    public async Task A_long_list_says_how_many_older_backups_it_leaves_out()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Client.Output["backup"] = """
            {"backup": "snapshot", "id": "4f3c2b1a", "time": "2026-11-23T23:10:05Z", "by": "hand", "bytes": 35100000}
            {"backup": "listed", "count": 150}
            """;

        var listing = new BackupList(_rig.Open()).ReadAsync(TestContext.Current.CancellationToken);
        await _rig.PassTimeAsync(listing);

        Assert.Equal((1, 150L), ((await listing).Backups.Count, (await listing).Total));
    }

    [Fact]
    public async Task A_directory_of_the_node_is_not_taken_for_a_volume()
    {
        _rig.FaultyDocker.Volumes.Add(new DockerVolume("/srv/backups", "local", new Dictionary<string, string>()));
        _rig.Answers = _rig.Answers with { Backup = new BackupAnswers { Repository = "/srv/backups" } };
        await _rig.InstallAsync();

        Assert.Equal(0, (await _rig.RunAsync(Operation.Backup)).ExitCode);
    }

    private int Registrations() => _rig.Nomad.Requests.Count(r => r == Registered);

    private string RunOf() =>
        File.ReadLines(_rig.StateFile("backup.toml")).Single(l => l.StartsWith("run =", StringComparison.Ordinal));
}
