namespace ErpInstaller.Outside.Git;

/// <summary>Files to read of a commit.</summary>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Ref">The branch or tag that led to it, for servers that give no commits.</param>
/// <param name="Paths">Inside the repository, with slashes.</param>
/// <param name="Limit">Bytes that one of them may have.</param>
public sealed record GitFiles(string Url, string Commit, string Ref, IReadOnlyList<string> Paths, long Limit);
