namespace ErpInstaller.Releases;

/// <summary>An ERPNext version with its base images and the refs of the apps that fit it: a file in <c>assets/releases</c>.</summary>
public sealed record Release
{
    /// <summary>The version of the file's format.</summary>
    public int Schema { get; init; }

    /// <summary>ERPNext's version, which is also the release's name: <c>v15.75.1</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>Frappe's branch that ERPNext's version belongs to: <c>version-15</c>.</summary>
    public string Frappe { get; init; } = "";

    /// <summary>
    /// Frappe's version in the images is this one or a later one: <c>15.58.0</c>. They take the newest of the days they were
    /// built, and ERPNext's number does not tell it. Empty: only that it belongs to <see cref="Frappe"/>.
    /// </summary>
    public string FrappeFrom { get; init; } = "";

    /// <summary>It is earlier than this one; empty as above.</summary>
    public string FrappeBelow { get; init; } = "";

    /// <summary>Major version of Node.js in the images; apps whose front end needs a newer one cannot be built.</summary>
    public int Node { get; init; }

    /// <summary>Python's version in the images.</summary>
    public string Python { get; init; } = "";

    /// <summary>Images that the release is made of.</summary>
    public ReleaseImages Images { get; init; } = new();

    /// <summary>Command line of MariaDB's container.</summary>
    public List<string> MariadbArguments { get; init; } = [];

    /// <summary>Every app that can be chosen, and those that only come along as a dependency.</summary>
    public Dictionary<string, ReleaseApp> Apps { get; init; } = [];
}
