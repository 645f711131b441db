namespace ErpInstaller.Releases;

/// <summary>
/// An <c>[apps.NAME]</c> table of a release. NAME is the Python package's name, which may differ from the repository's.
/// </summary>
public sealed record ReleaseApp
{
    /// <summary>The title that screens show: <c>Human Resources</c>.</summary>
    public string Title { get; init; } = "";

    /// <summary>The purpose, in one sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>URL of the repository.</summary>
    public string Url { get; init; } = "";

    /// <summary>
    /// Tag, commit or pattern of tags that fits this release; a branch only with <see cref="Moving"/>.
    /// </summary>
    public string Ref { get; init; } = "";

    /// <summary>Why the ref is a branch, although branches move. Empty when the ref is not a branch.</summary>
    public string Moving { get; init; } = "";

    /// <summary>Apps that must be installed before it, in addition to Frappe and ERPNext.</summary>
    public List<string> Requires { get; init; } = [];

    /// <summary>
    /// True when it is installed only because another app requires it. It is not offered as a choice.
    /// </summary>
    public bool Dependency { get; init; }

    /// <summary>Path of the app's own page, for the verification; empty when it has only the desk.</summary>
    public string Page { get; init; } = "";

    /// <summary>Time and resources of its build.</summary>
    public ReleaseBuild Build { get; init; } = new();

    /// <summary>Why this ref is used and not a newer one, for the operator.</summary>
    public string Note { get; init; } = "";
}
