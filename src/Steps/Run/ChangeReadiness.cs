using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;

namespace ErpInstaller.Run;

/// <summary>
/// Whether an installation can take the change of one answer: nothing else must wait to be installed.
/// </summary>
public static class ChangeReadiness
{
    /// <summary>Looks into the state directory only.</summary>
    /// <param name="installation">With the answers of before the change.</param>
    /// <exception cref="InstallerException">
    /// Nothing is installed from here, another run is active, or other answers changed since the last run.
    /// </exception>
    public static void Check(Installation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        installation.Directory.Prepare();
        using var held = RunLock.Take(installation.Directory, installation.World.Time);
        var state = new StateFile(installation.Directory).Read();
        if (state.Of(StepId.Deployment).Status == StepStatus.Pending)
        {
            throw RunErrors.NothingInstalled(installation.Directory.Path);
        }

        if (state.Rehearsal != installation.World.IsRehearsal)
        {
            throw RunErrors.RehearsalMismatch(installation.Directory.Path, state.Rehearsal);
        }

        var accepted = new AcceptedAnswers(installation.Directory, installation.Assets);
        var changed = new Staleness(installation.Settings, state, accepted).ChangedSteps(installation.Steps);
        if (changed.Count > 0)
        {
            throw RunErrors.AnswersChanged(changed);
        }
    }
}
