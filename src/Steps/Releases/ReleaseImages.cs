namespace ErpInstaller.Releases;

/// <summary>The <c>[images]</c> table of a release: references with tag.</summary>
public sealed record ReleaseImages
{
    /// <summary>Has compilers; apps are built on it.</summary>
    public string Build { get; init; } = "";

    /// <summary>Frappe and ERPNext without compilers; the result is based on it.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>The database.</summary>
    public string Mariadb { get; init; } = "";

    /// <summary>The three Redis.</summary>
    public string Redis { get; init; } = "";
}
