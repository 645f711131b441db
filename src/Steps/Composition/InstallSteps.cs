using ErpInstaller.Apps;
using ErpInstaller.Backup;
using ErpInstaller.Certificate;
using ErpInstaller.Deployment;
using ErpInstaller.HostChecks;
using ErpInstaller.Image;
using ErpInstaller.Removal;
using ErpInstaller.Restore;
using ErpInstaller.Run;
using ErpInstaller.Updates;
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
    /// <param name="statusOf">The status of each step.</param>
    public static string? FindNext(Func<string, StepStatus> statusOf)
    {
        var steps = InOrder().Select(s => s.Id).ToList();
        var isComplete = statusOf(steps[^1]) == StepStatus.Done;
        return steps.Find(s => statusOf(s) != StepStatus.Done && !(isComplete && statusOf(s) == StepStatus.Pending));
    }

    /// <summary>What protects the site's data during an install.</summary>
    internal static IDataGuard Guard() => new UpdateGuard();

    /// <summary>The steps of an operation, in the order in which they run.</summary>
    public static IReadOnlyList<IStep> Of(Operation operation) =>
        operation == Operation.Backup ? [new BackupStep(), new BackupCheckStep()]
        : operation.Id == Operation.RollbackId ? RollbackSteps.InOrder()
        : operation.Request is { } request ? RestoreSteps.Of(request)
        : operation.Removal is { } removal ? RemovalSteps.Of(removal)
        : InOrder();
}
