using ErpInstaller.Apps.Requirements;

namespace ErpInstaller.Screens;

/// <summary>An app as the apps screen shows it.</summary>
/// <param name="Name">The Python package's name.</param>
/// <param name="Ref">The operator's branch or tag, or the release's.</param>
/// <param name="OwnRef">The release's branch or tag.</param>
/// <param name="Requires">The apps that it requires.</param>
/// <param name="IsChosen">Whether the operator chose it.</param>
/// <param name="BroughtBy">The chosen app that requires it; null if none does.</param>
/// <param name="IsFixed">Whether it is always installed: Frappe and ERPNext.</param>
internal sealed record AppRow(
    string Name,
    string Title,
    string Description,
    string Url,
    string Ref,
    string OwnRef,
    string Note,
    IReadOnlyList<string> Requires,
    bool IsChosen,
    string? BroughtBy,
    bool IsFixed
)
{
    /// <summary>The commit of its ref, as far as the repository has answered.</summary>
    public AppRefFound Found { get; init; }

    /// <summary>Whether it fits the release and the other apps; null until its requirements are known.</summary>
    public AppCompatibility? Fit { get; init; }

    /// <summary>Whether it has the release's ref or is in the base image.</summary>
    public bool IsOfRelease => IsFixed || Ref == OwnRef;

    /// <summary>Whether it will be installed.</summary>
    public bool IsTaken => IsChosen || BroughtBy is not null;
}

/// <summary>The answer of a repository about an app's ref.</summary>
/// <param name="Commit">The commit; null if it is not known.</param>
/// <param name="Problem">Why it is not known, with the hint; null while the repository is asked.</param>
/// <param name="IsSilent">Whether the repository did not answer. It may if asked again.</param>
internal readonly record struct AppRefFound(string? Commit = null, string? Problem = null, bool IsSilent = false)
{
    /// <summary>The problem in two words, for the app's row.</summary>
    public string State => IsSilent ? "no answer" : "not there";
}
