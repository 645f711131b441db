namespace ErpInstaller.Releases;

/// <summary>
/// A version of ERPNext with its base images and the refs of the apps that fit it: a file in <c>assets/releases</c>.
/// </summary>
public sealed record Release
{
    /// <summary>The version of the file's format.</summary>
    public int Schema { get; init; }

    /// <summary>ERPNext's version, which is also the release's name: <c>v15.75.1</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>Frappe's branch that ERPNext's version belongs to: <c>version-15</c>.</summary>
    public string Frappe { get; init; } = "";

    /// <summary>
    /// The lowest version of Frappe that the images can have: <c>15.58.0</c>. Images contain the newest Frappe of the
    /// day of their build, and ERPNext's version does not determine it. Empty: only <see cref="Frappe"/> is known.
    /// </summary>
    public string FrappeFrom { get; init; } = "";

    /// <summary>The first version of Frappe that is too high; may be empty too.</summary>
    public string FrappeBelow { get; init; } = "";

    /// <summary>
    /// Major version of Node.js in the images. Apps whose front end needs a newer one cannot be built.
    /// </summary>
    public int Node { get; init; }

    /// <summary>Python's version in the images.</summary>
    public string Python { get; init; } = "";

    /// <summary>The images of the release.</summary>
    public ReleaseImages Images { get; init; } = new();

    /// <summary>Command line of MariaDB's container.</summary>
    public List<string> MariadbArguments { get; init; } = [];

    /// <summary>Every app that can be chosen or that other apps require.</summary>
    public Dictionary<string, ReleaseApp> Apps { get; init; } = [];
}
