using ErpInstaller.Answers;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;

namespace ErpInstaller.Deployment;

/// <summary>
/// The backend that starts beside those that it replaces, so that an update takes no request away. It needs room for
/// one backend more. Where no node has that, the old one ends first.
/// </summary>
internal static class BackendCanary
{
    /// <summary>Of all backends one at a time.</summary>
    public const int Wanted = 1;

    /// <summary>
    /// The plan of the application's job with it, where a backend is replaced and there is room; else without.
    /// </summary>
    /// <param name="planned">With as many as are registered: a job that need not change is planned as it is.</param>
    /// <param name="planWithAsync">Plans the job with so many.</param>
    public static async Task<PlannedJob> WhereItFitsAsync(PlannedJob planned, Func<int, Task<PlannedJob>> planWithAsync)
    {
        if (!planned.Replaces(ContainerGroups.Backend.Group))
        {
            return planned;
        }

        var wanted = await planWithAsync(Wanted);
        var isFull = wanted.Plan.FailedTGAllocs?.ContainsKey(ContainerGroups.Backend.Group) == true;
        return isFull ? await planWithAsync(0) : wanted;
    }
}
