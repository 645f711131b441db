using ErpInstaller.Apps;
using ErpInstaller.Certificates;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks;
using ErpInstaller.Images;
using ErpInstaller.Verification;

namespace ErpInstaller.Engine;

/// <summary>The one place that lists the steps.</summary>
public static class InstallSteps
{
    /// <summary>The steps, in the order in which they run.</summary>
    public static IReadOnlyList<IStep> InOrder() =>
    [
        new HostChecksStep(),
        new AppsStep(),
        new CertificateStep(),
        new ImageStep(),
        new DeploymentStep(),
        new VerificationStep(),
    ];
}
