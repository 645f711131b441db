using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>The plan of the apps step.</summary>
internal sealed record AppsPlan : StepPlan
{
    /// <summary>The new apps lock.</summary>
    public required AppsLock Lock { get; init; }
}
