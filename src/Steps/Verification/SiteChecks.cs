using ErpInstaller.Answers;
using ErpInstaller.Certificate;
using ErpInstaller.Outside.Site;

namespace ErpInstaller.Verification;

/// <summary>The checks that the site must pass before it counts as installed.</summary>
internal static class SiteChecks
{
    /// <summary>Frappe's answer to it needs nginx, a backend, MariaDB and redis-cache.</summary>
    public const string Ping = "/api/method/ping";

    private const int Ok = 200;
    private const int SwitchingProtocols = 101;

    // engine.io 4: the first packet has the type "open" and the session.
    private const string Handshake = "0{";
    private static readonly string[] Guarding = ["Secure", "HttpOnly"];

    /// <summary>The checks, the most revealing first.</summary>
    /// <param name="address">Address of the node.</param>
    /// <param name="apps">The chosen apps that have their own pages: title and path.</param>
    public static IReadOnlyList<SiteCheck> Of(
        AnswerFile answers,
        CertificateOutputs certificate,
        string address,
        IReadOnlyList<(string Title, string Path)> apps
    )
    {
        // Traefik has its own entry points, so the ports of the answers are not published.
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
            new SiteCheck("ping", Https(Ping), a => Pong(a)),
            new SiteCheck("certificate", Https(Ping), a => Presents(a, certificate)),
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

        // The operator's own proxy has the certificate and may be on another machine.
        return answers.Certificate.Mode == CertificateMode.None
            ? [.. checks.Where(c => c.Name != "certificate")]
            : checks;
    }

    /// <summary>A request like a user's: by HTTPS, or as the operator's own proxy forwards it to the node.</summary>
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

    // A relative location stays at the proxy's address; one to http or to the frontend's port would leave it.
    private static string? LeadsToHttps(SiteAnswer answer, AnswerFile answers) =>
        answer.Status is 301 or 302 or 307 or 308
        && (answer.Location is ['/', not '/', ..] || IsOnSite(answer.Location, answers))
            ? null
            : $"status {answer.Status}, location {answer.Location ?? "none"}";

    private static bool IsOnSite(string? location, AnswerFile answers) =>
        location?.StartsWith($"https://{answers.Site.Name}", StringComparison.Ordinal) == true;

    /// <summary>The fault of an answer to <see cref="Ping"/>; null: Frappe answers.</summary>
    public static string? Pong(SiteAnswer answer) =>
        answer switch
        {
            { Status: Ok } when answer.Body.Contains("\"pong\"", StringComparison.Ordinal) => null,
            { Status: 404 } => "status 404: Frappe has no site of this name",
            { Status: 502 or 503 or 504 } => $"status {answer.Status}: the backend does not answer the frontend",
            { Status: Ok } => "the answer does not come from Frappe",
            _ => $"status {answer.Status}",
        };

    private static string? Presents(SiteAnswer answer, CertificateOutputs certificate) =>
        certificate switch
        {
            { ChainPath: null } => answer.Trusted ? null : "the certificate that Traefik presents is not trusted",
            _ => string.Equals(answer.Fingerprint, certificate.Fingerprint, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"the site presents another certificate: SHA-256 {answer.Fingerprint}",
        };

    // Without Secure, a browser also sends the session over plain HTTP. Frappe sets it if X-Forwarded-Proto is https.
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

    // Some pages redirect to the login, or to ERPNext's setup wizard until it is finished.
    private static string? Serves(SiteAnswer answer) =>
        answer.Status is Ok or 301 or 302 or 303 or 307 or 308 ? null : $"status {answer.Status}";

    private static string? Opens(SiteAnswer answer) =>
        answer.Body.StartsWith(Handshake, StringComparison.Ordinal)
            ? null
            : "the answer is not a handshake of socket.io";

    private static string? Is(SiteAnswer answer, int status) =>
        answer.Status == status ? null : $"status {answer.Status}";
}
