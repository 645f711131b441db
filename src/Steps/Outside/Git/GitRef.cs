namespace ErpInstaller.Outside.Git;

/// <summary>A branch or tag of a remote repository.</summary>
/// <param name="Name">Without <c>refs/heads/</c> or <c>refs/tags/</c>.</param>
/// <param name="Commit">40 hex digits; of an annotated tag the commit it tags.</param>
/// <param name="IsTag">A tag, else a branch.</param>
public sealed record GitRef(string Name, string Commit, bool IsTag);
