namespace ErpInstaller.Rehearsal;

/// <summary>A node of a simulated cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Counted from 1: makes its id and its address (192.0.2.10 + number) its own.</param>
public sealed record SimulatedNode(string Name, int Number)
{
    /// <summary>Its id.</summary>
    public string Id => FormattableString.Invariant($"{Number:D8}-5b56-5dd4-bffd-b42f232edd4e");

    /// <summary>Its host volumes.</summary>
    public List<string> HostVolumes { get; } = [];

    /// <summary>Members of the node, or of its attributes (those with a dot), to replace; null removes one.</summary>
    public Dictionary<string, string?> Differences { get; } = [];
}
