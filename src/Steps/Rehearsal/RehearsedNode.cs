namespace ErpInstaller.Rehearsal;

/// <summary>An additional node of the rehearsed cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">From 1. It determines the id and the address (192.0.2.10 + number).</param>
internal sealed record RehearsedNode(string Name, int Number)
{
    /// <summary>Its id.</summary>
    public string Id => FormattableString.Invariant($"{Number:D8}-5b56-5dd4-bffd-b42f232edd4e");

    /// <summary>Its host volumes.</summary>
    public List<string> HostVolumes { get; } = [];
}
