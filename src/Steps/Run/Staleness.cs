using ErpInstaller.Core.Ids;

namespace ErpInstaller.Run;

/// <summary>
/// Finds the finished steps whose answers changed since. Only the operator's changes count. A newer installer may
/// derive other inputs from the same answers; the plan shows that.
/// </summary>
public sealed class Staleness(StepSettings settings, InstallState state, AcceptedAnswers accepted)
{
    private readonly Lazy<StepSettings?> _accepted = new(() => accepted.Find(state));

    /// <summary>Ids of the finished steps whose answers changed.</summary>
    public IReadOnlyList<string> ChangedSteps(IEnumerable<IStep> steps) =>
        [.. steps.Where(s => !StepId.OnlyLooks(s.Id) && IsChanged(s)).Select(s => s.Id)];

    /// <summary>The step was done with other answers.</summary>
    public bool IsChanged(IStep step) => IsFinished(step) && !HasSameInputs(step) && !HasAcceptedAnswers(step);

    /// <summary>The step was done with the same answers, by an installer that takes other inputs from them.</summary>
    public bool IsOfOtherInstaller(IStep step) => IsFinished(step) && !HasSameInputs(step) && HasAcceptedAnswers(step);

    private bool IsFinished(IStep step) => state.Of(step.Id).Status is StepStatus.Done or StepStatus.Stale;

    private bool HasSameInputs(IStep step) => state.Of(step.Id).Inputs == step.Inputs(settings).Fingerprint();

    // A step is stale when answers were accepted after it was done: those tell nothing about the ones it was done with.
    private bool HasAcceptedAnswers(IStep step) =>
        state.Of(step.Id).Status == StepStatus.Done
        && _accepted.Value is { } then
        && step.Inputs(then).Text == step.Inputs(settings).Text;
}
