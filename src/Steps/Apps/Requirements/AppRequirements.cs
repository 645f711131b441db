namespace ErpInstaller.Apps.Requirements;

/// <summary>
/// The requirements of an app at one commit of its repository. The build checks the same ones: <c>bench
/// validate-dependencies</c>, pip and yarn fail when they are not met.
/// </summary>
public sealed record AppRequirements
{
    /// <summary>No requirements.</summary>
    public static AppRequirements None { get; } = new();

    /// <summary>
    /// App → versions, <c>[tool.bench.frappe-dependencies]</c> of <c>pyproject.toml</c>. Frappe and ERPNext are apps
    /// too.
    /// </summary>
    public IReadOnlyDictionary<string, string> Apps { get; init; } = new Dictionary<string, string>();

    /// <summary>Apps that must be in the bench, in any version: <c>required_apps</c> of <c>hooks.py</c>.</summary>
    public IReadOnlyList<string> RequiredApps { get; init; } = [];

    /// <summary>Versions of Python, <c>requires-python</c> of <c>pyproject.toml</c>; null: not stated.</summary>
    public string? Python { get; init; }

    /// <summary>Versions of Node.js, <c>engines.node</c> of <c>package.json</c>; null: not stated.</summary>
    public string? Node { get; init; }

    /// <summary>Why the requirements may be incomplete, in one line; null: they were read completely.</summary>
    public string? Problem { get; init; }
}
