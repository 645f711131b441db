using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Docker;

/// <summary>A builder ended without an image.</summary>
/// <param name="message">What the builder says.</param>
/// <param name="instruction">The instruction that failed, as it is written in the Dockerfile; null: before or after all of them.</param>
public sealed class BuildStopped(string message, string? instruction = null, Exception? cause = null)
    : InstallerException(
        ErrorCode.BuildStopped,
        message,
        "The engine's own log may say more: journalctl -u docker --since -10min",
        cause
    )
{
    /// <summary>The instruction that failed.</summary>
    public string? Instruction { get; } = instruction;
}
