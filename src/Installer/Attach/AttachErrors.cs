using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>Errors between a front end and a run in a process of its own.</summary>
internal static class AttachErrors
{
    /// <summary>The run's process ended without a result: it was killed, or the host ran out of memory.</summary>
    public static InstallerException EngineGone(int process, StateDirectory directory) =>
        new(
            ErrorCode.EngineGone,
            $"The run (pid {process}) ended without a result: its process died",
            "erp-installer install resumes it; its last output is in "
                + $"{directory.InstallLog} and {directory.EngineOutput}"
        );

    /// <summary>The run's process ended before the run began. This carries the process's own error.</summary>
    public static InstallerException EngineNotStarted(Finished result) =>
        new(
            ErrorCode.Reported(result.Error ?? ErrorCode.EngineNotStarted.Word, (ExitCode)result.ExitCode),
            result.Message ?? "The run ended before it started",
            result.Hint ?? ""
        )
        {
            Details = result.Details,
        };

    /// <summary>The run's process did not start, or ended without an error of its own.</summary>
    public static InstallerException EngineNotStarted(string message, IReadOnlyList<string> details) =>
        new(ErrorCode.EngineNotStarted, message, "erp-installer install runs it in this terminal and shows the reason")
        {
            Details = details,
        };

    /// <summary>There is a run that this user may not see.</summary>
    public static InstallerException EngineRefuses(StateDirectory directory, string why, Exception? cause = null) =>
        new(
            ErrorCode.EngineRefuses,
            $"{directory.Path}: {why}",
            "Run it with sudo, or as the user who started the install.",
            cause
        );

    /// <summary>There is no run to attach to.</summary>
    public static InstallerException NothingRuns(StateDirectory directory) =>
        new(
            ErrorCode.NothingRuns,
            $"{directory.Path}: no install is running there",
            "See the state of each step: erp-installer status. To watch another run: "
                + "erp-installer attach --rehearse, or erp-installer attach --state-dir DIR"
        );
}

/// <summary>The socket for front ends cannot be created.</summary>
internal sealed class EngineSocketUnusable(string path, Exception cause)
    : InstallerException(
        ErrorCode.EngineSocketUnusable,
        $"{path}: no front end can attach: {cause.Message}",
        "Choose a directory on a local file system: --state-dir DIR",
        cause
    );
