using ErpInstaller.Engine;

namespace ErpInstaller.Docker;

/// <summary>What to build.</summary>
/// <param name="Files">The context, with a <c>Dockerfile</c> at its root.</param>
/// <param name="Buildx">With BuildKit through <c>docker buildx</c>; else with the engine's own builder.</param>
public sealed record ImageBuild(IReadOnlyList<GeneratedFile> Files, bool Buildx)
{
    /// <summary>The Dockerfile's text.</summary>
    public string Dockerfile => Files.Single(f => f.Path == "Dockerfile").Text;
}
