using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>The <c>[site]</c> table.</summary>
public sealed record SiteAnswers
{
    /// <summary>The site's public host name. Frappe finds a site by its Host header, so this is also the site's directory.</summary>
    public string Name { get; init; } = "";

    /// <summary>Password of the user Administrator; absent: generated and kept in a Nomad Variable.</summary>
    public SecretSource? AdminPassword { get; init; }

    /// <summary>The node's port that redirects to HTTPS; for the certificate mode <c>none</c> the one that serves.</summary>
    public int HttpPort { get; init; } = 80;

    /// <summary>
    /// The node's port that serves HTTPS; for the certificate mode <c>none</c> the port of the operator's proxy, as users type it.
    /// </summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>For the certificate mode <c>none</c>: addresses or networks of the proxies whose X-Forwarded-For and -Proto count.</summary>
    public List<string> TrustedProxies { get; init; } = [];
}
