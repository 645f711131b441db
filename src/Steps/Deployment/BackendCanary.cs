using ErpInstaller.Answers;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Following;

namespace ErpInstaller.Deployment;

/// <summary>
/// The backend that starts beside the old ones, so that an update loses no request. It needs room for one more backend.
/// Without that room, the old one ends first.
/// </summary>
internal static class BackendCanary
{
    /// <summary>One canary at a time, however many backends there are.</summary>
    public const int Wanted = 1;

    /// <summary>
    /// The plan of the application's job: with a canary if a backend is replaced and there is room, otherwise without.
    /// </summary>
    /// <param name="planned">The plan with the registered number of canaries, so that an unchanged job plans no
    /// change.</param>
    /// <param name="planWithAsync">Plans the job with a number of canaries.</param>
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
