using ErpInstaller.Apps;
using ErpInstaller.Backup;
using ErpInstaller.Certificate;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks;
using ErpInstaller.Image;
using ErpInstaller.Run;
using ErpInstaller.Verification;

namespace ErpInstaller.Composition;

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
            new ScheduleStep(),
            new VerificationStep(),
        ];

    /// <summary>The steps of an operation, in the order in which they run.</summary>
    public static IReadOnlyList<IStep> Of(Operation operation) =>
        operation == Operation.Backup ? [new BackupStep(), new BackupCheckStep()] : InOrder();
}
