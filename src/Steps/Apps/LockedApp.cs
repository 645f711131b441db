using Tomlyn.Serialization;

namespace ErpInstaller.Apps;

/// <summary>An app pinned to a commit.</summary>
internal sealed record LockedApp
{
    /// <summary>Name of the app's Python package.</summary>
    [TomlPropertyName("name")]
    public string Name { get; init; } = "";

    /// <summary>URL of the repository.</summary>
    [TomlPropertyName("url")]
    public string Url { get; init; } = "";

    /// <summary>The ref that was resolved to the commit.</summary>
    [TomlPropertyName("ref")]
    public string Ref { get; init; } = "";

    /// <summary>The commit, 40 hex digits.</summary>
    [TomlPropertyName("commit")]
    public string Commit { get; init; } = "";

    /// <summary>The app that requires it; empty when the operator chose it.</summary>
    [TomlPropertyName("brought_by")]
    public string BroughtBy { get; init; } = "";

    /// <summary>Apps of the lock whose code its front end may import.</summary>
    [TomlPropertyName("requires")]
    public List<string> Requires { get; init; } = [];

    /// <summary>The ref for messages: a commit is shortened.</summary>
    internal string ShownRef => Ref == Commit ? $"commit {Commit[..12]}" : Ref;

    /// <summary>True when only this host can fetch the app, with its ssh keys or from its files.</summary>
    internal bool IsFetchedHere =>
        !Url.StartsWith("https://", StringComparison.Ordinal) && !Url.StartsWith("http://", StringComparison.Ordinal);
}
