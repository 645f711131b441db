using ErpInstaller.Composition;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>A backup from the dashboard of an installed site.</summary>
public sealed class BackUpTests : IDisposable
{
    private static readonly RunStarted Began = new(
        "erp.example.com",
        "v15.75.1",
        Rehearsal: false,
        [StepId.Backup, StepId.BackupCheck]
    )
    {
        Operation = Operation.BackupId,
    };

    private readonly ShownInstaller _shown = new(before: Install);

    public void Dispose() => _shown.Dispose();

    [Fact]
    public async Task A_backup_shows_its_own_steps_and_returns_to_the_dashboard()
    {
        await BackUpAsync();
        _shown.Install.Tell(Began, new StepStarted(StepId.Backup, 1, "backup of erp.example.com"));
        await _shown.SeesAsync("▶ backup");
        Assert.DoesNotContain("host-checks", _shown.Text, StringComparison.Ordinal);

        _shown.Install.Tell(
            new Finished(StepStatus.Done, 0, Rehearsal: false)
            {
                Outputs = new Dictionary<string, string> { ["snapshot"] = "4f3c2b1a", ["bytes"] = "35100000" },
            }
        );

        await _shown.SeesAsync("No backup was made");
        Assert.Contains("35.1 MB", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("secrets --rehearse", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("b back up");
    }

    [Fact]
    public async Task A_failure_shows_its_hint_and_can_be_tried_again()
    {
        await BackUpAsync();
        _shown.Install.Tell(
            Began,
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: false,
                StepId.Backup,
                "BackupRepositoryFull",
                "There is no space left for the backup",
                "Free space on the node"
            )
        );

        await _shown.SeesAsync("backup failed");
        Assert.Contains("Free space on the node", _shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Change an answer", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.Enter);

        await _shown.SeesAsync("starts in a separate process");
        await _shown.StartsAsync(2);
        Assert.Equal([Operation.Backup, Operation.Backup], _shown.Install.Operations);
    }

    [Fact]
    public async Task A_restore_that_is_watched_is_not_called_an_installation_and_is_not_retried_as_one()
    {
        using var late = new ShownInstaller(install: new ScriptedInstall { IsAtWork = true }, before: Install);
        await late.SeesAsync("w watch the run");
        late.Press(Key.W);
        late.Install.Tell(
            Began with
            {
                Operation = Operation.RestoreId,
                Steps = [StepId.RestoreSource, StepId.Restore],
            },
            new StepStarted(StepId.Restore, 1, "erp.example.com is not replaced yet"),
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: false,
                StepId.Restore,
                "RestoreUnfinished",
                "The restore did not finish",
                "Run the same command again"
            )
        );

        await late.SeesAsync("restore failed");

        Assert.DoesNotContain("Retry", late.Text, StringComparison.Ordinal);
        Assert.Contains("Start screen", late.Text, StringComparison.Ordinal);
    }

    private async Task BackUpAsync()
    {
        await _shown.SeesAsync("b back up");
        _shown.Press(Key.B);
        await _shown.SeesAsync("starts in a separate process");
    }

    private static void Install(string directory)
    {
        File.WriteAllText(Path.Combine(directory, "answers.toml"), "schema = 1\n[site]\nname = \"erp.example.com\"\n");
        var steps = InstallSteps
            .InOrder()
            .Select(s => $"[steps.{s.Id}]\nstatus = \"done\"\nattempt = 1\nfinished = 2026-11-23T12:00:00Z\n");
        File.WriteAllText(
            Path.Combine(directory, "state.toml"),
            $"schema = 1\nrehearsal = true\n[steps]\n{string.Concat(steps)}"
        );
    }
}
