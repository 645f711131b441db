using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>
/// The facts and their verdicts. The run writes the facts to the state directory and fails if a verdict blocks.
/// </summary>
public sealed record HostChecksPlan : StepPlan
{
    /// <summary>The measured facts.</summary>
    public required HostFacts Facts { get; init; }

    /// <summary>Their verdicts.</summary>
    public required HostCheckReport Report { get; init; }
}
