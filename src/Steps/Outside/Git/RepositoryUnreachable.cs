using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Git;

/// <summary>A repository could not be read.</summary>
public sealed class RepositoryUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.StepFailed, cause);
