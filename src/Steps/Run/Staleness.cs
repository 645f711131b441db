using ErpInstaller.Core.Ids;

namespace ErpInstaller.Run;

/// <summary>Which finished steps were done with other answers than those of now.</summary>
public static class Staleness
{
    /// <summary>Ids of the steps that are done (or known to be stale) and whose inputs have another fingerprint now.</summary>
    public static IReadOnlyList<string> ChangedSteps(
        IEnumerable<IStep> steps,
        StepSettings settings,
        InstallState state
    ) => [.. steps.Where(s => !StepId.OnlyLooks(s.Id) && IsChanged(s, settings, state)).Select(s => s.Id)];

    /// <summary>The step was done with other inputs.</summary>
    public static bool IsChanged(IStep step, StepSettings settings, InstallState state)
    {
        var known = state.Of(step.Id);
        return known.Status is StepStatus.Done or StepStatus.Stale
            && known.Inputs != step.Inputs(settings).Fingerprint(state.Output);
    }
}
