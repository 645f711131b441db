using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Errors of registering and following a job; see also <see cref="AllocationFailed"/> and
/// <see cref="PlacementBlocked"/>.
/// </summary>
internal static class FollowingErrors
{
    /// <summary>Nomad's deployment failed.</summary>
    public static InstallerException DeploymentFailed(string job, string description) =>
        new(
            ErrorCode.DeploymentFailed,
            $"{job}: {description}",
            $"nomad job status {job}; the reason is in the events of its allocations."
        );

    /// <summary>A job changed at Nomad after the plan was made. Nothing of the plan was registered.</summary>
    public static InstallerException PlanOutdated(string job, Exception? cause = null) =>
        new(
            ErrorCode.PlanOutdated,
            $"The job {job} changed at Nomad since it was planned",
            "Another program or person changed it. " + "See what would change now: erp-installer plan",
            cause
        );

    /// <summary>Nomad denies a request that it allowed to the same token before.</summary>
    public static InstallerException TokenExpired(Exception cause) =>
        new(
            ErrorCode.TokenExpired,
            $"{cause.Message}, what it allowed before: it expired or was revoked",
            "The registered jobs keep running. Run the same command again with another token; one in a file, "
                + "nomad.token = { file = \"…\" }, may be replaced while it runs.",
            cause
        );
}
