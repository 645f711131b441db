using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>A step ran to its end, and its probe does not see the result.</summary>
public sealed class ResultMissing(string step, string reason)
    : InstallerException(
        $"{step}: ran to its end, and yet: {reason}",
        "Something else changed it meanwhile, or removed it. Run the same command again.",
        ExitCode.StepFailed
    );
