using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>A wait passed the deadline of the answers.</summary>
/// <param name="what">What was waited for, to what it had come: one line.</param>
/// <param name="key">The key of the deadline, for example <c>deadlines.init</c>.</param>
public sealed class StepTimedOut(string what, string key, TimeSpan deadline)
    : InstallerException(
        $"{what} (waited {deadline.TotalMinutes:0.#} min)",
        $"Run the same command again to go on waiting, or give it longer: {key} in the answers.",
        ExitCode.Timeout
    );
