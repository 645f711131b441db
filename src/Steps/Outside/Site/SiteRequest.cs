namespace ErpInstaller.Outside.Site;

/// <summary>A question to the site.</summary>
/// <param name="Address">Address of the node: an IP.</param>
/// <param name="Port">The node's port.</param>
/// <param name="Tls">HTTPS, else HTTP.</param>
/// <param name="Name">The site's name, for SNI and the Host header.</param>
/// <param name="Path">Path and query.</param>
public sealed record SiteRequest(string Address, int Port, bool Tls, string Name, string Path)
{
    // An address for examples (RFC 5737): no visitor has it.
    private const string Visitor = "192.0.2.1";

    /// <summary>It asks for a WebSocket, and for the first message on it.</summary>
    public bool IsWebSocket { get; init; }

    /// <summary>
    /// Headers that the operator's proxy sends to a site that is plain HTTP behind it: X-Forwarded-For, X-Forwarded-Proto; the
    /// Host is then the name alone.
    /// </summary>
    public bool AsProxy { get; init; }

    /// <summary>What <see cref="AsProxy"/> adds to the request; empty without it.</summary>
    public IEnumerable<KeyValuePair<string, string>> ProxyHeaders =>
        !AsProxy ? [] : [new("Host", Name), new("X-Forwarded-For", Visitor), new("X-Forwarded-Proto", "https")];

    /// <summary>As people write it.</summary>
    public string Url =>
        $"{(IsWebSocket ? "ws" : "http")}{(Tls ? "s" : "")}://{Name}{(Port == (Tls ? 443 : 80) ? "" : FormattableString.Invariant($":{Port}"))}{Path}";
}
