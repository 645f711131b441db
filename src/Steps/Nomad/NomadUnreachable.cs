using ErpInstaller.Engine;

namespace ErpInstaller.Nomad;

/// <summary>Nomad does not answer, or not as Nomad does.</summary>
public sealed class NomadUnreachable(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.StepFailed, cause);
