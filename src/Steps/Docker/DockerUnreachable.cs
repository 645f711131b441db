using ErpInstaller.Engine;

namespace ErpInstaller.Docker;

/// <summary>The Docker engine does not answer.</summary>
public sealed class DockerUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.StepFailed, cause);
