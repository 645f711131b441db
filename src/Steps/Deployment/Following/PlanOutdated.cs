using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment.Following;

/// <summary>A job is another at Nomad than the plan was made with: nothing of it was registered.</summary>
public sealed class PlanOutdated(string job, Exception? cause = null)
    : InstallerException(
        $"The job {job} changed at Nomad since it was planned",
        "Somebody else is at work on it. Look at what would happen now, then install: erp-installer plan",
        ExitCode.AnswersChanged,
        cause
    );
