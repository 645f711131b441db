namespace ErpInstaller.HostChecks.Facts;

/// <summary>git, and the repositories of the chosen apps.</summary>
/// <param name="Version">The output of <c>git --version</c>; null: git is not installed.</param>
/// <param name="Repositories">One per repository URL.</param>
internal sealed record GitFact(string? Version, IReadOnlyList<RepositoryReading> Repositories) : HostFact;
