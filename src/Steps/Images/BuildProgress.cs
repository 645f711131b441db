using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>
/// How far a build is. What the operator sees as one thing (<c>crm: installing</c>) can be several instructions; things
/// can be done at the same time.
/// </summary>
/// <param name="share">The build's share of the step.</param>
internal sealed class BuildProgress(IReadOnlyList<DockerfileStep> steps, StepReporter report, double share)
{
    private readonly List<string> _things = [.. steps.Select(s => s.Words).Distinct()];
    private readonly double _total = steps.Sum(s => s.Weight);
    private readonly HashSet<DockerfileStep> _done = [];
    private string _last = "";

    /// <summary>An instruction begins; null: one that is not in the Dockerfile.</summary>
    public void Started(DockerfileStep? step)
    {
        if (step is not null && step.Words != _last)
        {
            _last = step.Words;
            Tell(step);
        }
    }

    /// <summary>An instruction is done.</summary>
    public void Done(DockerfileStep? step)
    {
        if (step is not null)
        {
            _done.Add(step);
        }
    }

    private void Tell(DockerfileStep step) => report.Progress(
        $"{step.Words} ({_things.IndexOf(step.Words) + 1} of {_things.Count})",
        share * _done.Sum(s => s.Weight) / _total);
}
