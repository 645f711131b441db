using ErpInstaller.Engine;

namespace ErpInstaller.Docker;

/// <summary>The engine, or a registry behind it, says no to what was asked: a build step that failed, a push, a pull.</summary>
public sealed class EngineRefused(string message, Exception? cause = null)
    : InstallerException(message, "The engine's own log may say more: journalctl -u docker", ExitCode.StepFailed, cause);
