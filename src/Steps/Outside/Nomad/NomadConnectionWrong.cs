using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>What the answers or the NOMAD_* variables say of the connection cannot be: no agent was asked yet.</summary>
public sealed class NomadConnectionWrong(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.Usage, cause);
