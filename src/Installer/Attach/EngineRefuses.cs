using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>There is a run that this user may not see.</summary>
public sealed class EngineRefuses(StateDirectory directory, string why, Exception? cause = null)
    : InstallerException(
        $"{directory.Path}: {why}",
        "Run it with sudo, or as the user who started the install.",
        ExitCode.Usage,
        cause
    );
