using ErpInstaller.Core.Errors;

namespace ErpInstaller.Attach;

/// <summary>The socket for front ends cannot be created.</summary>
internal sealed class EngineSocketUnusable(string path, Exception cause)
    : InstallerException(
        $"{path}: no front end can attach: {cause.Message}",
        "Choose a directory on a local file system: --state-dir DIR",
        ExitCode.Usage,
        cause
    );
