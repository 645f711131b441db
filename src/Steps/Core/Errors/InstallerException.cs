namespace ErpInstaller.Core.Errors;

/// <summary>
/// An error for the operator: what happened and to what (<see cref="Exception.Message"/>, one line), and what to do
/// (<see cref="Hint"/>). The derived type's name is the error class that front ends and <c>state.toml</c> show.
/// </summary>
public class InstallerException(string message, string hint, ExitCode exitCode, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>What the operator can do about it; a command to copy where there is one.</summary>
    public string Hint { get; } = hint;

    /// <summary>The process's exit code when nothing handles this.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>
    /// Lines that help to understand it, for example the last lines of a build. Already cleaned for a terminal.
    /// </summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The error's class: the type's name, unless the type stands for several.</summary>
    public virtual string ErrorClass => GetType().Name;
}
