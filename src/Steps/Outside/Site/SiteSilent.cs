using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Site;

/// <summary>Nothing answers where the site should be.</summary>
public sealed class SiteSilent(string message, Exception? cause = null)
    : InstallerException(
        message,
        "Look at the frontend: nomad job status; nomad alloc logs -job JOB -task frontend",
        ExitCode.VerificationFailed,
        cause
    );
