namespace ErpInstaller.Screens;

/// <summary>An app as the screen of apps shows it.</summary>
/// <param name="Name">The Python package's name.</param>
/// <param name="Ref">Branch or tag, the operator's or the release's.</param>
/// <param name="IsChosen">The operator wants it.</param>
/// <param name="BroughtBy">The chosen app that requires it; null when none does.</param>
/// <param name="IsFixed">Frappe and ERPNext: always there.</param>
internal sealed record AppRow(string Name, string Title, string Description, string Url, string Ref, string Note, bool IsChosen, string? BroughtBy, bool IsFixed);
