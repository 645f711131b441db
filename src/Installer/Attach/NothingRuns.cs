using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>There is no run to attach to.</summary>
public sealed class NothingRuns(StateDirectory directory)
    : InstallerException(
        $"{directory.Path}: no install is running there",
        "See the state of each step: erp-installer status. To watch another run: erp-installer attach --rehearse, or "
            + "erp-installer attach --state-dir DIR",
        ExitCode.Usage
    );
