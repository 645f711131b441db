namespace ErpInstaller.Answers;

/// <summary>An app that will be installed: the release's entry with the operator's overrides.</summary>
/// <param name="Name">The Python package's name.</param>
/// <param name="Url">Where to clone it from.</param>
/// <param name="Ref">Branch, tag, or a pattern like <c>v16.*</c> for the newest such tag.</param>
/// <param name="BroughtBy">The app that requires it; null when the operator chose it.</param>
public sealed record ChosenApp(string Name, string Url, string Ref, string? BroughtBy)
{
    /// <summary>Apps that it requires, beside Frappe and ERPNext.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];
}
