using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>Another run works in this state directory.</summary>
public sealed class LockHeld(string directory, string holder)
    : InstallerException(
        $"{directory}: another run is at work there: {holder}",
        "Wait for it, or watch it: erp-installer attach",
        ExitCode.LockHeld
    );
