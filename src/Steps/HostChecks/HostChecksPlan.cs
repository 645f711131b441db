using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>What was measured and how it is judged. Carrying it out is to keep it, or to fail by it.</summary>
public sealed record HostChecksPlan : StepPlan
{
    /// <summary>What was measured.</summary>
    public required HostFacts Facts { get; init; }

    /// <summary>How it is judged.</summary>
    public required HostCheckReport Report { get; init; }
}
