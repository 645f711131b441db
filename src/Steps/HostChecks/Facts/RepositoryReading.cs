namespace ErpInstaller.HostChecks.Facts;

/// <summary>The answer of a repository.</summary>
/// <param name="Url">Its URL.</param>
/// <param name="Problem">Why it does not answer; null: it answers.</param>
/// <param name="Hint">What to do about that.</param>
internal sealed record RepositoryReading(string Url, string? Problem = null, string? Hint = null);
