namespace ErpInstaller.Answers;

/// <summary>On how many nodes the containers run; in TOML <c>single</c>, <c>cluster</c>.</summary>
public enum NomadTopology
{
#pragma warning disable CA1720 // The word that the answers have.
    /// <summary>All on one, which has the network and the volumes.</summary>
    Single,
#pragma warning restore CA1720

    /// <summary>Spread over several: they find each other through Nomad's services and share the sites over the network.</summary>
    Cluster,
}
