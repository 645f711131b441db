using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Outside.Docker;

/// <summary>The inputs of a build.</summary>
/// <param name="Files">The context, with a <c>Dockerfile</c> at its root.</param>
/// <param name="Buildx">Whether to use BuildKit through <c>docker buildx</c> or the engine's own builder.</param>
public sealed record ImageBuild(IReadOnlyList<GeneratedFile> Files, bool Buildx)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Files of this host that also belong to the context: name in the context → path.</summary>
    public IReadOnlyDictionary<string, string> LocalFiles { get; init; } = None;

    /// <summary>Secrets: the id in the Dockerfile's mount → value. Only BuildKit supports them.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = None;

    /// <summary>The same for texts that are not confidential and may be longer than an environment variable.</summary>
    public IReadOnlyDictionary<string, string> SecretFiles { get; init; } = None;

    /// <summary>
    /// Proxy variables for the build's commands. Builders keep them out of the image and its history.
    /// </summary>
    public IReadOnlyDictionary<string, string> Proxy { get; init; } = None;

    /// <summary>The Dockerfile's text.</summary>
    public string Dockerfile => Files.Single(f => f.Path == "Dockerfile").Text;
}

/// <summary>
/// An event of a build. An instruction is the text of an instruction in the Dockerfile.
/// </summary>
public abstract record BuildEvent
{
    private BuildEvent() { }

    /// <summary>An instruction begins.</summary>
    public sealed record Started(string Instruction) : BuildEvent;

    /// <summary>An instruction is done.</summary>
    /// <param name="Cached">Whether its result came from the cache.</param>
    public sealed record Done(string Instruction, bool Cached) : BuildEvent;

    /// <summary>A line of output.</summary>
    /// <param name="Instruction">The instruction that it belongs to, or null.</param>
    public sealed record Line(string? Instruction, string Text) : BuildEvent;
}

/// <summary>A builder ended without an image.</summary>
/// <param name="message">The builder's message.</param>
/// <param name="instruction">The failed instruction as in the Dockerfile; null if none was running.</param>
internal sealed class BuildStopped(string message, string? instruction = null, Exception? cause = null)
    : InstallerException(
        ErrorCode.BuildStopped,
        message,
        "Read the engine's log: journalctl -u docker --since -10min",
        cause
    )
{
    /// <summary>The instruction that failed.</summary>
    public string? Instruction { get; } = instruction;
}
