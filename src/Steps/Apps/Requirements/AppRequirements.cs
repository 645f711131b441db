namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// What an app says it needs, at one commit of its repository. The image is built with the same words: <c>bench
/// validate-dependencies</c>, pip and yarn refuse what does not meet them.
/// </summary>
public sealed record AppRequirements
{
    /// <summary>Nothing is said.</summary>
    public static AppRequirements None { get; } = new();

    /// <summary>App → versions, <c>[tool.bench.frappe-dependencies]</c> of <c>pyproject.toml</c>. Frappe and ERPNext are apps too.</summary>
    public IReadOnlyDictionary<string, string> Apps { get; init; } = new Dictionary<string, string>();

    /// <summary>Apps that must be in the bench, whichever version: <c>required_apps</c> of <c>hooks.py</c>.</summary>
    public IReadOnlyList<string> RequiredApps { get; init; } = [];

    /// <summary>Versions of Python, <c>requires-python</c> of <c>pyproject.toml</c>; null: not said.</summary>
    public string? Python { get; init; }

    /// <summary>Versions of Node.js, <c>engines.node</c> of <c>package.json</c>; null: not said.</summary>
    public string? Node { get; init; }

    /// <summary>Why less is known than the repository may say: one line; null: it was read.</summary>
    public string? Problem { get; init; }
}
