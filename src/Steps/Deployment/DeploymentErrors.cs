using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment;

/// <summary>Errors of the deployment that do not come from following a job.</summary>
internal static class DeploymentErrors
{
    /// <summary>Nomad has no installation of these answers.</summary>
    public static InstallerException NotInstalled(string job) =>
        new(
            ErrorCode.NotInstalled,
            $"Nomad has no installation with the job {job}",
            "Install it first: erp-installer install. If its job has another name, set nomad.job in the answers."
        );

    /// <summary>A change that keeps the image would update the site, as after a rollback.</summary>
    public static InstallerException WouldUpdate(string site, string image) =>
        new(
            ErrorCode.AnswersChanged,
            $"This would also update {site}: another image serves it than {image}, which the answers name",
            "Update first: erp-installer install. To keep what serves, put its release and apps into the answers; "
                + "then: erp-installer install --answers FILE --accept-changes"
        );

    /// <summary>A job, volume or network has one of our names, and this installer did not make it.</summary>
    public static InstallerException ForeignJob(string what, string hint) =>
        new(ErrorCode.ForeignJob, $"{what} exists and was not made by this installer", hint);
}
