namespace ErpInstaller.HostChecks.Facts;

/// <summary>BuildKit through <c>docker buildx</c>.</summary>
/// <param name="Version">The output of <c>docker buildx version</c>; null: buildx is not installed.</param>
/// <param name="Problem">Why it cannot be used.</param>
internal sealed record DockerBuilderFact(string? Version, string? Problem = null) : HostFact;
