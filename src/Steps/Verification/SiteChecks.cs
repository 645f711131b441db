using ErpInstaller.Answers;
using ErpInstaller.Certificates;

namespace ErpInstaller.Verification;

/// <summary>All that is looked at before the site is called installed.</summary>
internal static class SiteChecks
{
    private const int Ok = 200;
    private const int SwitchingProtocols = 101;

    // socket.io's first packet: the type "open" and the session (engine.io protocol 4).
    private const string Handshake = "0{";

    /// <summary>The looks, the most telling first.</summary>
    /// <param name="address">Address of the node.</param>
    public static IReadOnlyList<SiteCheck> Of(AnswerFile answers, CertificateOutputs certificate, string address)
    {
        // Behind Traefik the entry point is Traefik's: the ports of the answers are not published.
        var behindTraefik = answers.Certificate.Mode == CertificateMode.LetsEncrypt;
        SiteRequest Https(string path) => new(address, behindTraefik ? 443 : answers.Site.HttpsPort, Tls: true, answers.Site.Name, path);
        var http = new SiteRequest(address, behindTraefik ? 80 : answers.Site.HttpPort, Tls: false, answers.Site.Name, "/login");
        return
        [
            new SiteCheck("ping", Https("/api/method/ping"), a => Pong(a)),
            new SiteCheck("certificate", Https("/api/method/ping"), a => Presents(a, certificate)),
            new SiteCheck("login page", Https("/login"), a => Is(a, Ok)) { HasAssets = true },
            new SiteCheck("socket.io", Https("/socket.io/?EIO=4&transport=polling"), a => Is(a, Ok) ?? Opens(a)),
            new SiteCheck("websocket", Https("/socket.io/?EIO=4&transport=websocket") with { IsWebSocket = true }, a => Is(a, SwitchingProtocols) ?? Opens(a)),
            new SiteCheck("redirect to HTTPS", http, a => a.Status is 301 or 302 or 307 or 308 && a.Location?.StartsWith($"https://{answers.Site.Name}", StringComparison.Ordinal) == true ? null : $"status {a.Status}, location {a.Location ?? "none"}"),
        ];
    }

    private static string? Pong(SiteAnswer answer) => answer switch
    {
        { Status: Ok } when answer.Body.Contains("\"pong\"", StringComparison.Ordinal) => null,
        { Status: 404 } => "status 404: Frappe has no site of this name",
        { Status: 502 or 503 or 504 } => $"status {answer.Status}: the backend does not answer the frontend",
        { Status: Ok } => "the answer is not Frappe's",
        _ => $"status {answer.Status}",
    };

    private static string? Presents(SiteAnswer answer, CertificateOutputs certificate) => certificate switch
    {
        { ChainPath: null } => answer.Trusted ? null : "the certificate that Traefik presents is not trusted",
        _ => string.Equals(answer.Fingerprint, certificate.Fingerprint, StringComparison.OrdinalIgnoreCase) ? null : $"another certificate is presented: SHA-256 {answer.Fingerprint}",
    };

    private static string? Opens(SiteAnswer answer) =>
        answer.Body.StartsWith(Handshake, StringComparison.Ordinal) ? null : "the answer is no handshake of socket.io";

    private static string? Is(SiteAnswer answer, int status) => answer.Status == status ? null : $"status {answer.Status}";
}
