namespace ErpInstaller.Core.Errors;

/// <summary>
/// An error for the operator: what happened and to what (<see cref="Exception.Message"/>, one line), and what to do
/// (<see cref="Hint"/>). A derived type exists only where code treats an error differently from others.
/// </summary>
public class InstallerException(ErrorCode code, string message, string hint, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The kind of error.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>What the operator can do about it; a command to copy where there is one.</summary>
    public string Hint { get; } = hint;

    /// <summary>The process's exit code when nothing handles this; the code's own unless it is set.</summary>
    public ExitCode ExitCode { get; init; } = code.ExitCode;

    /// <summary>
    /// Lines that help to understand it, for example the last lines of a build. Already cleaned for a terminal.
    /// </summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>A fault of the installer itself.</summary>
    /// <param name="log">Where its details are.</param>
    public static InstallerException Internal(Exception cause, string log) =>
        new(
            ErrorCode.InternalFault,
            $"The installer failed: {cause.GetType().Name}: {cause.Message.Split('\n')[0]}",
            $"This is a fault of the installer. Its details are in {log}; please report it with that file.",
            cause
        );
}
