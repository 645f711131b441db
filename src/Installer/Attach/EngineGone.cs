using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>The engine's process ended, and it told no result: it was killed, or the machine had no memory left.</summary>
public sealed class EngineGone(int process, StateDirectory directory)
    : InstallerException(
        $"The install (pid {process}) ended without a result: its process died",
        $"erp-installer install goes on where it ended; what it said last is in {directory.InstallLog} and {directory.EngineOutput}",
        ExitCode.Internal
    );
