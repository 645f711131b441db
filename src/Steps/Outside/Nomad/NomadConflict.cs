using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Something changed at Nomad between the look and the change: a job's modify index, a variable's.</summary>
public sealed class NomadConflict(string what)
    : InstallerException(
        $"{what} changed at Nomad since it was planned",
        "Somebody else is at work on it. Look at what would happen now: erp-installer plan",
        ExitCode.AnswersChanged
    );
