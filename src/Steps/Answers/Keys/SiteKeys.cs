using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.SiteAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[site]</c>.</summary>
internal static class SiteKeys
{
    private static readonly (int, int) Port = (1, 65535);

    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "site",
            "The site: its name, its administrator, its ports.",
            a => a.Site,
            (a, v) => a with { Site = v },
            [
                Text(
                    "name",
                    "Public host name of the site. Users reach it under this name only.",
                    TextRules.HostName,
                    s => s.Name,
                    (s, v) => s with { Name = v ?? "" }
                ) with
                {
                    IsRequired = true,
                    Label = "Host name",
                    Advice = a => SiteAdvice.OfName(a.Site.Name) is { } advice ? $"{a.Site.Name} {advice}." : null,
                },
                Secret(
                    "admin_password",
                    "Password of the user Administrator. Absent: one is generated and kept in a Nomad Variable.",
                    TextRules.Password,
                    "ERP_ADMIN_PASSWORD",
                    s => s.AdminPassword,
                    (s, v) => s with { AdminPassword = v }
                ) with
                {
                    Label = "Administrator",
                    WhenAbsent = "password generated",
                    FileName = "admin_password",
                },
                Number(
                    "http_port",
                    "Redirects to HTTPS. With certificate.mode none: serves HTTP.",
                    Port,
                    s => s.HttpPort,
                    (s, v) => s with { HttpPort = v }
                ) with
                {
                    Label = "HTTP port",
                },
                Number(
                    "https_port",
                    "Serves HTTPS. With certificate.mode none: the port of your proxy.",
                    Port,
                    s => s.HttpsPort,
                    (s, v) => s with { HttpsPort = v }
                ) with
                {
                    Label = "HTTPS port",
                    Advice = a => SiteAdvice.OfPort(a) is { } advice ? $"{a.Site.HttpsPort} {advice}." : null,
                },
                Texts(
                    "trusted_proxies",
                    "With certificate.mode none: addresses or networks of your proxies. Their X-Forwarded-For and "
                        + "-Proto are used.",
                    TextRules.NetworkAddress,
                    s => s.TrustedProxies,
                    (s, v) => s with { TrustedProxies = v }
                ) with
                {
                    Label = "Trusted proxies",
                    Applies = a => a.Certificate.Mode == CertificateMode.None,
                    WhenAbsent = "none: visitors get the proxy's address",
                },
            ]
        );
}
