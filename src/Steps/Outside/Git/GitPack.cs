namespace ErpInstaller.Outside.Git;

/// <summary>A commit to pack into a file, for a build that cannot fetch it.</summary>
/// <param name="Script">Path of <c>pack.sh</c>.</param>
/// <param name="Commit">40 hex digits.</param>
/// <param name="Ref">The branch or tag that led to it, for servers that give no commits.</param>
/// <param name="File">The pack to write: whole or not at all.</param>
public sealed record GitPack(string Script, string Url, string Commit, string Ref, string File);
