using ErpInstaller.Core.Errors;

namespace ErpInstaller.Answers;

/// <summary>The chosen apps cannot be installed together.</summary>
public sealed class AppsUnusable(string message, string app)
    : InstallerException(message, $"Look at apps.install and apps.override.{app} in the answers.", ExitCode.Usage);
