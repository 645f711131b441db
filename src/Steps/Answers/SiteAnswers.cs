using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Answers;

/// <summary>The <c>[site]</c> table.</summary>
public sealed record SiteAnswers
{
    /// <summary>
    /// The site's public host name. Frappe finds a site by its Host header, so this is also the site's directory.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>Password of the user Administrator; absent: generated and kept in a Nomad Variable.</summary>
    public SecretSource? AdminPassword { get; init; }

    /// <summary>
    /// The node's port that redirects to HTTPS; for the certificate mode <c>none</c> it serves the site.
    /// </summary>
    public int HttpPort { get; init; } = 80;

    /// <summary>
    /// The node's port that serves HTTPS; for the certificate mode <c>none</c> the port of the operator's proxy, as
    /// users type it.
    /// </summary>
    public int HttpsPort { get; init; } = 443;

    /// <summary>
    /// For the certificate mode <c>none</c>: addresses or networks of the proxies whose X-Forwarded-For and -Proto
    /// count.
    /// </summary>
    public List<string> TrustedProxies { get; init; } = [];
}

/// <summary>Where users reach the site.</summary>
internal static class SiteAddress
{
    private const int Https = 443;

    /// <summary>The port of HTTPS: the answers', behind Traefik that of its entry point.</summary>
    public static int PortOf(AnswerFile answers) =>
        answers.Certificate.Mode == CertificateMode.LetsEncrypt ? Https : answers.Site.HttpsPort;

    /// <summary>The port as part of an address: <c>:8443</c>, and nothing for 443.</summary>
    public static string SuffixOf(AnswerFile answers) =>
        PortOf(answers) == Https ? "" : FormattableString.Invariant($":{PortOf(answers)}");

    /// <summary>
    /// The address that users type and that links in mails have: <c>https://SITE[:PORT]</c>, no slash at the end.
    /// </summary>
    public static string Of(AnswerFile answers) => $"https://{answers.Site.Name}{SuffixOf(answers)}";

    /// <summary>
    /// Whether the frontend itself serves TLS. Otherwise a proxy serves it, and the site's name resolves to that proxy.
    /// </summary>
    public static bool IsServedByFrontend(AnswerFile answers) => answers.Certificate.Mode.ServesTls();
}
