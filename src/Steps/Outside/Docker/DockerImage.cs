namespace ErpInstaller.Outside.Docker;

/// <summary>An image of the engine.</summary>
/// <param name="Id"><c>sha256:…</c> of its configuration.</param>
/// <param name="Tags">References that name it.</param>
/// <param name="Digests"><c>repository@sha256:…</c>, one per registry it was pushed to or pulled from.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="SizeBytes">Size of all its layers.</param>
public sealed record DockerImage(
    string Id,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Digests,
    IReadOnlyDictionary<string, string> Labels,
    long SizeBytes
);
