using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;

namespace ErpInstaller.Tests.Screens;

/// <summary>The full screen's view of a watched run.</summary>
public sealed class RunViewTests
{
    [Fact]
    public void A_running_backup_is_shown_by_its_own_steps()
    {
        var view = new RunView();

        view.Take(
            new RunStarted("erp.example.com", "v15.75.1", Rehearsal: false, [StepId.Backup, StepId.BackupCheck])
            {
                Operation = Operation.BackupId,
            }
        );
        view.Take(new StepStarted(StepId.Backup, 1, "backup of erp.example.com"));

        Assert.Equal(("backup", StepId.Backup), (view.Operation, view.Current?.Id));
        Assert.Equal([StepId.Backup, StepId.BackupCheck], view.Steps.Select(s => s.Id));
    }
}
