namespace ErpInstaller.Releases;

/// <summary>The <c>[images]</c> table of a release: references with tag.</summary>
public sealed record ReleaseImages
{
    /// <summary>Base image with compilers, on which the apps are built.</summary>
    public string Build { get; init; } = "";

    /// <summary>Base image of the result: Frappe and ERPNext without compilers.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Image of MariaDB.</summary>
    public string Mariadb { get; init; } = "";

    /// <summary>Image of the three Redis containers.</summary>
    public string Redis { get; init; } = "";
}
