namespace ErpInstaller.Screens;

/// <summary>An app as the screen of apps shows it.</summary>
/// <param name="Name">The Python package's name.</param>
/// <param name="Ref">Branch or tag, the operator's or the release's.</param>
/// <param name="OwnRef">The release's: the one that was chosen for this ERPNext. Empty for Frappe and ERPNext themselves.</param>
/// <param name="Requires">Apps that come along with it.</param>
/// <param name="IsChosen">The operator wants it.</param>
/// <param name="BroughtBy">The chosen app that requires it; null when none does.</param>
/// <param name="IsFixed">Frappe and ERPNext: always there.</param>
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
    /// <summary>The release's own ref of it, or the base image's.</summary>
    public bool IsOfRelease => IsFixed || Ref == OwnRef;

    /// <summary>It will be installed.</summary>
    public bool IsTaken => IsChosen || BroughtBy is not null;
}
