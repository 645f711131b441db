namespace ErpInstaller.Outside.Site;

/// <summary>An answer of the site.</summary>
/// <param name="Status">HTTP status code. Redirects are not followed. 101: the WebSocket is open.</param>
/// <param name="Body">The beginning of the body, or the first message on the WebSocket.</param>
/// <param name="Location">The <c>Location</c> header of a redirect.</param>
/// <param name="Fingerprint">SHA-256 of the leaf certificate, hex with colons; null without TLS.</param>
/// <param name="Trusted">True when this system trusts the certificate's chain for this name.</param>
public sealed record SiteAnswer(int Status, string Body, string? Location, string? Fingerprint, bool Trusted)
{
    /// <summary>The end of the leaf certificate's validity; null without TLS.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>It says when to try again, as the maintenance page does.</summary>
    public bool HasRetryAfter { get; init; }

    /// <summary>The <c>Set-Cookie</c> headers.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];
}
