using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>A restore from the dashboard of an installed site, in a rehearsal.</summary>
public sealed class RestoreTests : IDisposable
{
    private static readonly RunStarted Began = new(
        "erp.example.com",
        "v15.75.1",
        Rehearsal: false,
        [StepId.RestoreSource, StepId.RestoreSafeguard, StepId.Restore, StepId.Verification]
    )
    {
        Operation = Operation.RestoreId,
    };

    private readonly ShownInstaller _shown = new(before: RehearsedSite.WriteTo);

    public void Dispose() => _shown.Dispose();

    [Fact]
    public async Task The_screen_lists_the_backups_and_shows_the_data_that_the_chosen_one_replaces()
    {
        await ChooseAsync();

        Assert.Contains("versions   frappe 15.78.1", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("replaces   835 tables, changed last at", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("A safeguard backup", _shown.Text, StringComparison.Ordinal);
        Assert.Empty(_shown.Install.Operations);
    }

    [Fact]
    public async Task Another_name_replaces_nothing_and_the_sites_name_starts_the_restore()
    {
        await ChooseAsync();
        _shown.Press(Key.Enter).Type("other.example.com").Press(Key.Enter);
        await _shown.SeesAsync("The site is erp.example.com, not other.example.com: nothing was replaced");
        Assert.Empty(_shown.Install.Operations);

        _shown.Press(Key.Esc);
        _shown.Press(Key.Enter).Type("erp.example.com").Press(Key.Enter);
        await _shown.SeesAsync("starts in a separate process");
        _shown.Install.Tell(Began, new StepStarted(StepId.RestoreSource, 1, "backup 4f3c2b1a was not read yet"));

        await _shown.SeesAsync("▶ restore-source");
        Assert.Equal(["4f3c2b1a", "--replace", "erp.example.com"], Assert.Single(_shown.Install.Operations).Words);
    }

    [Fact]
    public async Task A_restore_that_failed_is_tried_again_with_the_same_backup()
    {
        await ChooseAsync();
        _shown.Press(Key.Enter).Type("erp.example.com").Press(Key.Enter);
        await _shown.SeesAsync("starts in a separate process");
        _shown.Install.Tell(
            Began,
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: false,
                StepId.Restore,
                "RestoreUnfinished",
                "Not finished",
                ""
            )
        );
        await _shown.SeesAsync("restore failed");

        _shown.Press(Key.Enter);

        await _shown.SeesAsync("starts in a separate process");
        await _shown.StartsAsync(2);
        Assert.Single(_shown.Install.Operations.Select(o => string.Join(' ', o.Words)).Distinct());
    }

    [Fact]
    public async Task Esc_leads_back_and_the_next_reading_is_not_refused()
    {
        await ChooseAsync();
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("Which backup?");
        _shown.Press(Key.Enter);
        // Esc while it reads: the screen is left when the reading has ended and released the lock.
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("Which backup?");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("replaces ");
        Assert.DoesNotContain("Another run", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_cannot_be_read_shows_the_error_with_its_hint()
    {
        using var lost = new ShownInstaller(before: directory =>
        {
            RehearsedSite.WriteTo(directory);
            File.Delete(Path.Combine(directory, "simulated-nomad.json"));
        });
        await lost.SeesAsync("r restore");
        lost.Press(Key.R);

        await lost.SeesAsync("Nomad has no installation with the job erpnext");
        Assert.Contains("Install it first: ./erp-installer install", lost.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollback_shows_what_would_be_lost_and_asks_for_the_sites_name()
    {
        using var updated = new ShownInstaller(before: directory =>
        {
            RehearsedSite.WriteTo(directory);
            File.WriteAllText(
                Path.Combine(directory, "update.toml"),
                """
                [previous]
                image = "erpnext:before"
                apps = ["erpnext"]
                snapshot = "1a2b3c4d"
                secured = 2026-11-23T22:00:00Z
                opened = 2026-11-23T22:05:00Z
                """
            );
        });
        await updated.SeesAsync("m more");
        updated.Press(Key.M);
        await updated.SeesAsync("Go back to before the last update");
        updated.ScreenFlow.ConfirmRollback();
        await updated.SeesAsync("erpnext:before");
        Assert.Contains("lost ", updated.Text, StringComparison.Ordinal);

        updated.Press(Key.Enter).Type("erp.example.com").Press(Key.Enter);

        await updated.SeesAsync("starts in a separate process");
        await updated.StartsAsync(1);
        Assert.Equal(Operation.RollbackId, Assert.Single(updated.Install.Operations).Id);
    }

    private async Task ChooseAsync()
    {
        await _shown.SeesAsync("r restore");
        _shown.Press(Key.R);
        await _shown.SeesAsync("4f3c2b1a, v15.75.1");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("restores ");
    }
}
