namespace ErpInstaller.HostChecks.Facts;

/// <summary>Whether a repository answers.</summary>
/// <param name="Url">Its address.</param>
/// <param name="Problem">Why it does not; null: it does.</param>
/// <param name="Hint">What to do about that.</param>
public sealed record RepositoryReading(string Url, string? Problem = null, string? Hint = null);
