using ErpInstaller.Answers;
using ErpInstaller.Certificate;
using ErpInstaller.Outside.Site;

namespace ErpInstaller.Verification;

/// <summary>All that is looked at before the site is called installed.</summary>
internal static class SiteChecks
{
    private const int Ok = 200;
    private const int SwitchingProtocols = 101;

    // socket.io's first packet: the type "open" and the session (engine.io protocol 4).
    private const string Handshake = "0{";
    private static readonly string[] Guarding = ["Secure", "HttpOnly"];

    /// <summary>The looks, the most telling first.</summary>
    /// <param name="address">Address of the node.</param>
    /// <param name="apps">The chosen apps with pages of their own: title and path.</param>
    public static IReadOnlyList<SiteCheck> Of(
        AnswerFile answers,
        CertificateOutputs certificate,
        string address,
        IReadOnlyList<(string Title, string Path)> apps
    )
    {
        // Behind Traefik the entry point is Traefik's: the ports of the answers are not published.
        var behindTraefik = answers.Certificate.Mode == CertificateMode.LetsEncrypt;
        SiteRequest Https(string path) => Request(answers, address, path);
        var http = new SiteRequest(
            address,
            behindTraefik ? 80 : answers.Site.HttpPort,
            Tls: false,
            answers.Site.Name,
            "/login"
        );
        List<SiteCheck> checks =
        [
            new SiteCheck("ping", Https("/api/method/ping"), a => Pong(a)),
            new SiteCheck("certificate", Https("/api/method/ping"), a => Presents(a, certificate)),
            new SiteCheck("login page", Https("/login"), a => Is(a, Ok)) { HasAssets = true },
            new SiteCheck("cookie", Https("/login"), a => Is(a, Ok) ?? Guards(a)),
            .. apps.Select(app => new SiteCheck(app.Title, Https(app.Path), Serves) { HasAssets = true }),
            new SiteCheck("socket.io", Https("/socket.io/?EIO=4&transport=polling"), a => Is(a, Ok) ?? Opens(a)),
            new SiteCheck("websocket", Https("/socket.io/?EIO=4&transport=websocket") with { IsWebSocket = true }, a =>
                Is(a, SwitchingProtocols) ?? Opens(a)
            ),
            answers.Certificate.Mode == CertificateMode.None
                ? new SiteCheck("redirect", Https("/app/"), a => LeadsToHttps(a, answers))
                : new SiteCheck("redirect to HTTPS", http, a =>
                    a.Status is 301 or 302 or 307 or 308
                    && a.Location?.StartsWith($"https://{answers.Site.Name}", StringComparison.Ordinal) == true
                        ? null
                        : $"status {a.Status}, location {a.Location ?? "none"}"
                ),
        ];

        // A proxy of the operator's own has the certificate, and may be another machine.
        return answers.Certificate.Mode == CertificateMode.None
            ? [.. checks.Where(c => c.Name != "certificate")]
            : checks;
    }

    /// <summary>A request as a user's: by HTTPS, and where TLS ends at the operator's own proxy, as that one hands it on to the node.</summary>
    public static SiteRequest Request(AnswerFile answers, string address, string path) =>
        answers.Certificate.Mode switch
        {
            CertificateMode.None => new(address, answers.Site.HttpPort, Tls: false, answers.Site.Name, path)
            {
                AsProxy = true,
            },
            CertificateMode.LetsEncrypt => new(address, 443, Tls: true, answers.Site.Name, path),
            _ => new(address, answers.Site.HttpsPort, Tls: true, answers.Site.Name, path),
        };

    // A relative one stays on the address of the proxy; one to http or to the frontend's own port would leave it.
    private static string? LeadsToHttps(SiteAnswer answer, AnswerFile answers) =>
        answer.Status is 301 or 302 or 307 or 308
        && (answer.Location is ['/', not '/', ..] || IsOnSite(answer.Location, answers))
            ? null
            : $"status {answer.Status}, location {answer.Location ?? "none"}";

    private static bool IsOnSite(string? location, AnswerFile answers) =>
        location?.StartsWith($"https://{answers.Site.Name}", StringComparison.Ordinal) == true;

    private static string? Pong(SiteAnswer answer) =>
        answer switch
        {
            { Status: Ok } when answer.Body.Contains("\"pong\"", StringComparison.Ordinal) => null,
            { Status: 404 } => "status 404: Frappe has no site of this name",
            { Status: 502 or 503 or 504 } => $"status {answer.Status}: the backend does not answer the frontend",
            { Status: Ok } => "the answer is not Frappe's",
            _ => $"status {answer.Status}",
        };

    private static string? Presents(SiteAnswer answer, CertificateOutputs certificate) =>
        certificate switch
        {
            { ChainPath: null } => answer.Trusted ? null : "the certificate that Traefik presents is not trusted",
            _ => string.Equals(answer.Fingerprint, certificate.Fingerprint, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"another certificate is presented: SHA-256 {answer.Fingerprint}",
        };

    // Without Secure a browser sends the session over plain HTTP, too. Frappe sets it when it knows that HTTPS was asked.
    private static string? Guards(SiteAnswer answer)
    {
        var session = answer.Cookies.FirstOrDefault(c => c.StartsWith("sid=", StringComparison.Ordinal));
        var attributes = (session ?? "").Split(';').Select(p => p.Trim()).ToList();
        var missing = string.Join(
            " and ",
            Guarding.Where(g => !attributes.Contains(g, StringComparer.OrdinalIgnoreCase))
        );
        return session is null ? "the login page sets no session cookie"
            : missing.Length == 0 ? null
            : $"the session cookie lacks {missing}";
    }

    // Some lead to the login, or to ERPNext's setup until that is done.
    private static string? Serves(SiteAnswer answer) =>
        answer.Status is Ok or 301 or 302 or 303 or 307 or 308 ? null : $"status {answer.Status}";

    private static string? Opens(SiteAnswer answer) =>
        answer.Body.StartsWith(Handshake, StringComparison.Ordinal) ? null : "the answer is no handshake of socket.io";

    private static string? Is(SiteAnswer answer, int status) =>
        answer.Status == status ? null : $"status {answer.Status}";
}
