using ErpInstaller.Core.Errors;

namespace ErpInstaller.Core.Secrets;

/// <summary>A secret that the answers name cannot be had.</summary>
public sealed class SecretUnavailable(string message, string hint) : InstallerException(message, hint, ExitCode.Usage);
