namespace ErpInstaller.HostChecks.Facts;

/// <summary>All facts of a host at one time; <c>host-facts.json</c> in the state directory.</summary>
public sealed record HostFacts
{
    /// <summary>Version of the file's format.</summary>
    public const int CurrentSchema = 1;

    /// <inheritdoc cref="CurrentSchema"/>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>When the facts were measured.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>
    /// Fingerprint of the answers that decide what is measured (addresses, node, ports). With other answers the facts
    /// are not valid.
    /// </summary>
    public string Inputs { get; init; } = "";

    /// <summary>One per check that succeeded in measuring.</summary>
    public IReadOnlyList<HostFact> Facts { get; init; } = [];

    /// <summary>Check id → why the check could not measure.</summary>
    public IReadOnlyDictionary<string, string> Unknown { get; init; } = new Dictionary<string, string>();

    /// <summary>The fact of a check; null when the check could not measure.</summary>
    public TFact? Find<TFact>()
        where TFact : HostFact => Facts.OfType<TFact>().FirstOrDefault();
}
