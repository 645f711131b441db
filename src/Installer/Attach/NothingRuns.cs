using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>There is no run to attach to.</summary>
public sealed class NothingRuns(StateDirectory directory)
    : InstallerException(
        $"{directory.Path}: no install is at work there",
        "How each step stands: erp-installer status. A run elsewhere: erp-installer attach --rehearse, or erp-installer attach --state-dir DIR",
        ExitCode.Usage
    );
