using ErpInstaller.Core.Errors;

namespace ErpInstaller.Verification;

/// <summary>Deployed, and the site is not as it should be.</summary>
public sealed class VerificationFailed(string message, string hint)
    : InstallerException(message, hint, ExitCode.VerificationFailed);
