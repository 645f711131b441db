namespace ErpInstaller.Run;

/// <summary>What a run does once, beside what the answers say, because a command asked for it.</summary>
public sealed record AskedFor
{
    /// <summary>Nothing.</summary>
    public static readonly AskedFor Nothing = new();

    /// <summary>The fingerprint of a certificate that is replaced, although it fits; null: none.</summary>
    public string? ReplacedCertificate { get; init; }

    /// <summary>Apps that are taken out of the site with their data, in this order.</summary>
    public IReadOnlyList<string> RemovedApps { get; init; } = [];

    /// <summary>
    /// The site keeps its image. After a rollback the answers still name the newer one, and a change of something else
    /// must not update the site.
    /// </summary>
    public bool KeepsImage { get; init; }
}
