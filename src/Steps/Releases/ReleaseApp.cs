namespace ErpInstaller.Releases;

/// <summary>An <c>[apps.NAME]</c> table of a release. NAME is the Python package's name, which may differ from the repository's.</summary>
public sealed record ReleaseApp
{
    /// <summary>What people call it: <c>Human Resources</c>.</summary>
    public string Title { get; init; } = "";

    /// <summary>What it is for, one sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where to clone it from.</summary>
    public string Url { get; init; } = "";

    /// <summary>Tag, commit or pattern of tags that fits this release; a branch only with <see cref="Moving"/>.</summary>
    public string Ref { get; init; } = "";

    /// <summary>Why its ref is a branch, which moves: no tag or commit serves. Empty: it is none.</summary>
    public string Moving { get; init; } = "";

    /// <summary>Apps that must be installed before it, beside Frappe and ERPNext.</summary>
    public List<string> Requires { get; init; } = [];

    /// <summary>Comes along when another app requires it; not offered as a choice.</summary>
    public bool Dependency { get; init; }

    /// <summary>Path of the page that its users open, for the verification; empty: it has none beside the desk.</summary>
    public string Page { get; init; } = "";

    /// <summary>What building it takes.</summary>
    public ReleaseBuild Build { get; init; } = new();

    /// <summary>Why this ref and no newer one, for the operator who wonders.</summary>
    public string Note { get; init; } = "";
}
