namespace ErpInstaller.Run;

/// <summary>A step that remembers what was shown of its plan: the next run does just that, or refuses.</summary>
public interface IKeepsPlans
{
    /// <summary>Keeps in the state directory what a run is held to; forgets what was kept before when there is nothing to plan.</summary>
    void KeepShown(StepPlan? plan, StepContext context);
}
