using ErpInstaller.Core.Errors;

namespace ErpInstaller.Core.Secrets;

/// <summary>A secret that the answers name is not available.</summary>
public sealed class SecretUnavailable(string message, string hint) : InstallerException(message, hint, ExitCode.Usage);
