using ErpInstaller.Core.Errors;

namespace ErpInstaller.Deployment.Following;

/// <summary>Nomad denies what it allowed the same token before.</summary>
public sealed class TokenExpired(Exception cause)
    : InstallerException(
        $"{cause.Message}, what it allowed before: it expired or was revoked",
        "What was registered goes on. Run the same command again with another token; one in a file, nomad.token = { file = \"…\" }, may be replaced while it runs.",
        ExitCode.StepFailed,
        cause
    );
