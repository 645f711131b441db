using ErpInstaller.Engine;

namespace ErpInstaller.Serving;

/// <summary>There is no run to attach to.</summary>
public sealed class NothingRuns(StateDirectory directory) : InstallerException(
    $"{directory.Path}: no install is at work there",
    "erp-installer status shows how each step stands; a rehearsal, and --state-dir, must be named here too",
    ExitCode.Usage);
