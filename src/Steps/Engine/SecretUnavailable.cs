namespace ErpInstaller.Engine;

/// <summary>A secret that the answers name cannot be had.</summary>
public sealed class SecretUnavailable(string message, string hint) : InstallerException(message, hint, ExitCode.Usage);
