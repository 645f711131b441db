using ErpInstaller.Core.Files;

namespace ErpInstaller.Outside.Docker;

/// <summary>What to build.</summary>
/// <param name="Files">The context, with a <c>Dockerfile</c> at its root.</param>
/// <param name="Buildx">With BuildKit through <c>docker buildx</c>; else with the engine's own builder.</param>
public sealed record ImageBuild(IReadOnlyList<GeneratedFile> Files, bool Buildx)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Files of this host that belong to the context too: paths by the name they have in it.</summary>
    public IReadOnlyDictionary<string, string> LocalFiles { get; init; } = None;

    /// <summary>Values by the id that the Dockerfile mounts them under. BuildKit alone takes them.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = None;

    /// <summary>Proxy variables for the build's commands. Builders keep them out of the image and its history.</summary>
    public IReadOnlyDictionary<string, string> Proxy { get; init; } = None;

    /// <summary>The Dockerfile's text.</summary>
    public string Dockerfile => Files.Single(f => f.Path == "Dockerfile").Text;
}
