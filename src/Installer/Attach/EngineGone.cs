using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>The run's process ended without a result: it was killed, or the host ran out of memory.</summary>
public sealed class EngineGone(int process, StateDirectory directory)
    : InstallerException(
        $"The install (pid {process}) ended without a result: its process died",
        $"erp-installer install resumes it; its last output is in {directory.InstallLog} and {directory.EngineOutput}",
        ExitCode.Internal
    );
