using ErpInstaller.Run;

namespace ErpInstaller.Apps;

/// <summary>The lock that would be written.</summary>
public sealed record AppsPlan : StepPlan
{
    /// <summary>Every app with its commit, just resolved.</summary>
    public required AppsLock Lock { get; init; }
}
