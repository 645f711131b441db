using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>Errors of a run that no single step causes.</summary>
internal static class RunErrors
{
    /// <summary>The answers of finished steps changed.</summary>
    /// <param name="steps">Their ids.</param>
    public static InstallerException AnswersChanged(IReadOnlyList<string> steps) =>
        new(
            ErrorCode.AnswersChanged,
            $"The answers changed since these steps were done: {string.Join(", ", steps)}",
            "See what would change: erp-installer plan --answers FILE. Then: erp-installer install --answers FILE "
                + "--accept-changes"
        );

    /// <summary>The state directory knows no installation.</summary>
    public static InstallerException NothingInstalled(string directory) =>
        new(
            ErrorCode.NotInstalled,
            $"{directory}: nothing was installed from this state directory",
            "Install first: erp-installer install --answers FILE"
        );

    /// <summary>The export's directory cannot be written.</summary>
    public static InstallerException ExportImpossible(string path, Exception cause) =>
        new(
            ErrorCode.ExportImpossible,
            $"{path}: cannot be written: {cause.Message}",
            "Give a directory that you can write.",
            cause
        );

    /// <summary>Another run is active in this state directory.</summary>
    public static InstallerException LockHeld(string directory, string holder) =>
        new(
            ErrorCode.LockHeld,
            $"{directory}: another run is active there: {holder}",
            "Wait for it, or watch it: erp-installer attach"
        );

    /// <summary>The state directory belongs to a rehearsal and this run is real, or the reverse.</summary>
    public static InstallerException RehearsalMismatch(string directory, bool isOfRehearsal) =>
        new(
            ErrorCode.RehearsalMismatch,
            isOfRehearsal
                ? $"{directory}: this state belongs to a rehearsal"
                : $"{directory}: this state belongs to a real installation, which a rehearsal must not touch",
            "Give the rehearsal a directory of its own: --state-dir DIR"
        );

    /// <summary>A step ended without an error, but its probe does not find the result.</summary>
    public static InstallerException ResultMissing(string step, string reason) =>
        new(
            ErrorCode.ResultMissing,
            $"{step}: ended, but its result is missing: {reason}",
            "Another program changed or removed it. Run the same command again."
        );

    /// <summary>A wait passed the deadline of the answers.</summary>
    /// <param name="what">The event that did not happen, and the progress so far: one line.</param>
    /// <param name="key">The key of the deadline, for example <c>deadlines.init</c>.</param>
    public static InstallerException StepTimedOut(string what, string key, TimeSpan deadline) =>
        new(
            ErrorCode.StepTimedOut,
            $"{what} (waited {deadline.TotalMinutes:0.#} min)",
            $"Run the same command again to keep waiting, or raise {key} in the answers."
        );
}
