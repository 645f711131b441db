using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment;

/// <summary>Something of the name that ours would have is somebody else's.</summary>
public sealed class ForeignJob(string what, string hint)
    : InstallerException($"{what} is there and was not made by this installer", hint, ExitCode.StepFailed);
