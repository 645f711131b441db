using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Docker;

/// <summary>Docker's own configuration names a login that cannot be had.</summary>
public sealed class DockerConfigurationUnreadable(string path, Exception cause)
    : InstallerException(
        $"{path}: the login for the registry cannot be read: {cause.Message}",
        "Mend the file (docker login writes it), or set image.username and image.password in the answers.",
        ExitCode.StepFailed,
        cause
    );
