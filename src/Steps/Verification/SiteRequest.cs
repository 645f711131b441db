namespace ErpInstaller.Verification;

/// <summary>A question to the site.</summary>
/// <param name="Address">Address of the node: an IP.</param>
/// <param name="Port">The node's port.</param>
/// <param name="Tls">HTTPS, else HTTP.</param>
/// <param name="Name">The site's name, for SNI and the Host header.</param>
/// <param name="Path">Path and query.</param>
public sealed record SiteRequest(string Address, int Port, bool Tls, string Name, string Path)
{
    /// <summary>It asks for a WebSocket, and for the first message on it.</summary>
    public bool IsWebSocket { get; init; }

    /// <summary>As people write it.</summary>
    public string Url => $"{(IsWebSocket ? "ws" : "http")}{(Tls ? "s" : "")}://{Name}{(Port == (Tls ? 443 : 80) ? "" : FormattableString.Invariant($":{Port}"))}{Path}";
}
