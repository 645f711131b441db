namespace ErpInstaller.HostChecks.Facts;

/// <summary>BuildKit through <c>docker buildx</c>.</summary>
/// <param name="Version">What <c>docker buildx version</c> says; null: it is not there.</param>
/// <param name="Problem">Why it cannot be used.</param>
public sealed record DockerBuilderFact(string? Version, string? Problem = null) : HostFact;
