namespace ErpInstaller.Answers.Keys;

/// <summary>Rules for Nomad's names and addresses.</summary>
internal static partial class TextRules
{
    /// <summary>Where Nomad's HTTP API is.</summary>
    public static readonly TextRule NomadAddress = new(
        "an address like http://127.0.0.1:4646",
        Patterns.NomadAddress,
        Patterns.NomadAddressRegex
    )
    {
        Correct = text =>
            text.Contains("://", StringComparison.Ordinal) ? text.Trim().TrimEnd('/') : "http://" + text.Trim(),
    };

    /// <summary>A job's name; Docker's volumes, network and aliases are named after it.</summary>
    public static readonly TextRule JobName = new(
        "a job's name: lower-case letters, digits and hyphens, at most 61",
        Patterns.JobName,
        Patterns.JobNameRegex
    )
    {
        MaxLength = 61,
        Correct = text => text.Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-'),
    };

    /// <summary>A namespace (Nomad's own rule: letters, digits, hyphens, at most 128).</summary>
    public static readonly TextRule Namespace = new(
        "a namespace: letters, digits and hyphens",
        Patterns.Namespace,
        Patterns.NamespaceRegex
    )
    {
        MaxLength = 128,
    };

    /// <summary>A region.</summary>
    public static readonly TextRule Region = new(
        "a region: letters, digits, hyphens, dots",
        Patterns.Region,
        Patterns.RegionRegex
    )
    {
        MaxLength = 128,
    };

    /// <summary>A node's name or id.</summary>
    public static readonly TextRule Node = new("a node's name or id", Patterns.Node, Patterns.NodeRegex);

    /// <summary>A host volume's name in a client's configuration.</summary>
    public static readonly TextRule HostVolume = new(
        "the name of a host volume: letters, digits, hyphens, underscores",
        Patterns.HostVolume,
        Patterns.HostVolumeRegex
    )
    {
        MaxLength = 128,
        Explain = text =>
            text.StartsWith('/')
                ? "is a path; the client's configuration gives it a name: client { host_volume \"NAME\" { path = … } }"
                : null,
    };

    /// <summary>What an NFS server exports.</summary>
    public static readonly TextRule NfsExport = new(
        "an NFS export: server:/path",
        Patterns.NfsExport,
        Patterns.NfsExportRegex
    );

    /// <summary>
    /// Options of an NFS mount, as <c>mount -o</c> takes them. The option <c>addr</c> is refused: the export names the
    /// server.
    /// </summary>
    public static readonly TextRule NfsOptions = new(
        "options of an NFS mount, like nfsvers=4,hard",
        Patterns.NfsOptions,
        Patterns.NfsOptionsRegex
    )
    {
        Explain = text =>
            text.Split(',').Any(o => o.StartsWith("addr=", StringComparison.Ordinal))
                ? "sets addr: the server is already in sites_nfs"
                : null,
    };

    /// <summary>A certificate resolver of Traefik.</summary>
    public static readonly TextRule Resolver = new(
        "the name of a certificate resolver: letters, digits, hyphens",
        Patterns.Resolver,
        Patterns.ResolverRegex
    )
    {
        MaxLength = 63,
    };
}
