using ErpInstaller.Core.Errors;

namespace ErpInstaller.Releases;

/// <summary>A release does not exist or its file cannot be read.</summary>
public sealed class ReleaseUnreadable(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.Usage, cause);
