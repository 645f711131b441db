using ErpInstaller.Apps;
using ErpInstaller.Backup;
using ErpInstaller.Certificate;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks;
using ErpInstaller.Image;
using ErpInstaller.Restore;
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

    /// <summary>
    /// The step at which the next install resumes; null: the last one did all. A step that an older version did not
    /// have is not where it resumes: the plan shows what it would do.
    /// </summary>
    public static string? FindNext(InstallState state)
    {
        var last = InOrder()[^1].Id;
        var isComplete = state.Of(last).Status == StepStatus.Done;
        return InOrder()
            .Select(s => s.Id)
            .FirstOrDefault(s =>
                state.Of(s).Status is var status
                && status != StepStatus.Done
                && !(isComplete && status == StepStatus.Pending)
            );
    }

    /// <summary>The steps of an operation, in the order in which they run.</summary>
    public static IReadOnlyList<IStep> Of(Operation operation) =>
        operation == Operation.Backup ? [new BackupStep(), new BackupCheckStep()]
        : operation.Request is { } request ? RestoreSteps.Of(request)
        : InOrder();
}
