using ErpInstaller.Core.Errors;

namespace ErpInstaller.Image;

/// <summary>The lock file has a value that must not reach a Dockerfile or a shell.</summary>
public sealed class LockUnusable(string value)
    : InstallerException(
        $"apps.lock.toml: this value cannot be used in a Dockerfile: {value}",
        "Remove the lock file to resolve the apps again; if the value stands in the answers, mend it there.",
        ExitCode.Usage
    );
