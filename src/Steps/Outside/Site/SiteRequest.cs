namespace ErpInstaller.Outside.Site;

/// <summary>A request to the site.</summary>
/// <param name="Address">The node's IP address.</param>
/// <param name="Port">The node's port.</param>
/// <param name="Tls">True for HTTPS, false for HTTP.</param>
/// <param name="Name">The site's name, for SNI and the Host header.</param>
/// <param name="Path">Path and query.</param>
public sealed record SiteRequest(string Address, int Port, bool Tls, string Name, string Path)
{
    /// <summary>The header that nginx.conf compares.</summary>
    public const string PassHeader = "X-Erp-Installer-Pass";

    // A documentation address (RFC 5737), which no visitor has.
    private const string Visitor = "192.0.2.1";

    /// <summary>True to open a WebSocket and read the first message.</summary>
    public bool IsWebSocket { get; init; }

    /// <summary>
    /// Send the headers that the operator's proxy sends to the site behind it: X-Forwarded-For, X-Forwarded-Proto. The
    /// Host header is then the name without a port.
    /// </summary>
    public bool AsProxy { get; init; }

    /// <summary>Lets it pass while the site is closed; null: as a visitor.</summary>
    public string? Pass { get; init; }

    /// <summary>The headers that <see cref="AsProxy"/> and <see cref="Pass"/> add.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers =>
        [
            .. !AsProxy
                ? Array.Empty<KeyValuePair<string, string>>()
                : [new("Host", Name), new("X-Forwarded-For", Visitor), new("X-Forwarded-Proto", "https")],
            .. Pass is null ? Array.Empty<KeyValuePair<string, string>>() : [new(PassHeader, Pass)],
        ];

    /// <summary>The request's URL.</summary>
    public string Url =>
        $"{(IsWebSocket ? "ws" : "http")}{(Tls ? "s" : "")}://{Name}"
        + $"{(Port == (Tls ? 443 : 80) ? "" : FormattableString.Invariant($":{Port}"))}{Path}";
}
