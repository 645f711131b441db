namespace ErpInstaller.HostChecks.Facts;

/// <summary>git, and the repositories of the chosen apps.</summary>
/// <param name="Version">What <c>git --version</c> says; null: it is not there.</param>
/// <param name="Repositories">One per address.</param>
public sealed record GitFact(string? Version, IReadOnlyList<RepositoryReading> Repositories) : HostFact;
