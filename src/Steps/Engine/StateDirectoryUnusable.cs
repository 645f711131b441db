namespace ErpInstaller.Engine;

/// <summary>The state directory cannot be created or written.</summary>
public sealed class StateDirectoryUnusable(string message, Exception? cause = null)
    : InstallerException(message, "Run as root, or give a directory you can write: --state-dir DIR", ExitCode.Usage, cause);
