using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Host;

/// <summary>A program of this host is not there, or fails.</summary>
public sealed class ProgramUnavailable(string program, string reason, Exception? cause = null)
    : InstallerException($"{program}: {reason}", $"command -v {program}", ExitCode.StepFailed, cause);
