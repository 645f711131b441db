using ErpInstaller.Core.Ids;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>The one place that lists the questions of an installation, in order.</summary>
internal static partial class QuestionPages
{
    /// <summary>All pages.</summary>
    public static IReadOnlyList<QuestionPage> InOrder(ReleaseCatalog catalog) =>
        [Apps(catalog), Site, Certificate, Image, Nomad, Sizes];

    private static QuestionPage Apps(ReleaseCatalog catalog) =>
        new(
            "apps",
            StepId.Apps,
            "ERPNext and its apps",
            "The release says which version of ERPNext and which version of each app belong together. Frappe and ERPNext are always there; what an app requires comes along.",
            [
                Of(QuestionKeys.Release, "Release", (a, t) => ReleaseChoice.Take(a, t, catalog)) with
                {
                    Choices = _ => Releases(catalog),
                },
                Of("apps.install", "Apps", (a, t) =>
                    a with
                    {
                        Apps = a.Apps with { Install = AnswerText.Words(t) },
                    }
                ) with
                {
                    Choices = a => AppsOf(a, catalog),
                    WhenAbsent = "none beside ERPNext",
                },
            ]
        );

    private static QuestionPage Site =>
        new(
            "site",
            StepId.Certificate,
            "The site",
            "The site has one name, and users reach it under no other. The password is that of the user Administrator. Mail goes through an SMTP server of yours; it can be set up in the site later, too.",
            [
                Of("site.name", "Host name", (a, t) => a with { Site = a.Site with { Name = t } }) with
                {
                    Advice = a => SiteAdvice.OfName(a.Site.Name) is { } advice ? $"{a.Site.Name} {advice}." : null,
                },
                Of("site.admin_password", "Administrator", (a, t) =>
                    a with
                    {
                        Site = a.Site with { AdminPassword = AnswerText.Secret(t) },
                    }
                ) with
                {
                    WhenAbsent = "password generated",
                },
                Of("site.http_port", "HTTP port", (a, t) =>
                    a with
                    {
                        Site = a.Site with { HttpPort = AnswerText.Number(t) },
                    }
                ),
                Of("site.https_port", "HTTPS port", (a, t) =>
                    a with
                    {
                        Site = a.Site with { HttpsPort = AnswerText.Number(t) },
                    }
                ) with
                {
                    Advice = a => SiteAdvice.OfPort(a) is { } advice ? $"{a.Site.HttpsPort} {advice}." : null,
                },
                .. Mail,
            ]
        );

    private static IReadOnlyList<Question> Mail =>
        [
            Of("mail.server", "Mail server", (a, t) =>
                a with
                {
                    Mail = a.Mail with { Server = AnswerText.Optional(t) },
                }
            ) with
            {
                WhenAbsent = "none: no mail is sent",
            },
            Of("mail.port", "Mail port", (a, t) => a with { Mail = a.Mail with { Port = AnswerText.Number(t) } }) with
            {
                Applies = SendsMail,
            },
            Of("mail.tls", "Mail encryption", (a, t) =>
                a with
                {
                    Mail = a.Mail with { Tls = AnswerText.Choice<MailTls>(t) },
                }
            ) with
            {
                Applies = SendsMail,
                Choices = _ =>
                    [
                        new("starttls", "Encrypted after the greeting: port 587."),
                        new("tls", "Encrypted from the start: port 465."),
                        new("none", "Not encrypted: for a relay in your own network."),
                    ],
            },
            Of("mail.user", "Mail user", (a, t) => a with { Mail = a.Mail with { User = AnswerText.Optional(t) } }) with
            {
                Applies = SendsMail,
                WhenAbsent = "none: without a login",
            },
            Of("mail.password", "Mail password", (a, t) =>
                a with
                {
                    Mail = a.Mail with { Password = AnswerText.Secret(t) },
                }
            ) with
            {
                Applies = a => SendsMail(a) && a.Mail.User is not null,
            },
            Of("mail.sender", "Mail sender", (a, t) =>
                a with
                {
                    Mail = a.Mail with { Sender = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = SendsMail,
            },
            Of("mail.test_to", "Test message to", (a, t) =>
                a with
                {
                    Mail = a.Mail with { TestTo = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = SendsMail,
                WhenAbsent = "nobody: none is sent",
            },
        ];

    private static bool SendsMail(AnswerFile answers) => answers.Mail.Server is not null;

    private static QuestionPage Certificate =>
        new(
            "certificate",
            StepId.Certificate,
            "The certificate",
            "Browsers warn of a self-signed certificate; users accept it once by its fingerprint. A provided one is looked at before it is used: chain, key, validity, names.",
            [
                Of("certificate.mode", "Certificate", (a, t) =>
                    a with
                    {
                        Certificate = a.Certificate with { Mode = AnswerText.Choice<CertificateMode>(t) },
                    }
                ) with
                {
                    Choices = _ =>
                        [
                            new("self-signed", "Made here. Browsers warn; users accept it once."),
                            new("provided", "You have chain and key as PEM files."),
                            new("lets-encrypt", "Traefik obtains it, for a public name."),
                            new("none", "Your own proxy has it; the site is plain HTTP behind it."),
                        ],
                },
                Of("certificate.delivery", "Delivery", (a, t) =>
                    a with
                    {
                        Certificate = a.Certificate with { Delivery = AnswerText.Choice<CertificateDelivery>(t) },
                    }
                ) with
                {
                    Applies = a => a.Certificate.Mode.ServesTls(),
                    Choices = _ =>
                        [
                            new("variable", "Through a Nomad Variable: no file on the node."),
                            new("host-volume", "As a file in the node's host volume JOB-ssl."),
                        ],
                },
                Of("certificate.certificate", "Chain (PEM)", (a, t) =>
                    a with
                    {
                        Certificate = a.Certificate with { Certificate = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = a => a.Certificate.Mode == CertificateMode.Provided,
                },
                Of("certificate.key", "Key (PEM)", (a, t) =>
                    a with
                    {
                        Certificate = a.Certificate with { Key = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = a => a.Certificate.Mode == CertificateMode.Provided,
                },
                Of("certificate.resolver", "Resolver", (a, t) =>
                    a with
                    {
                        Certificate = a.Certificate with { Resolver = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = a => a.Certificate.Mode == CertificateMode.LetsEncrypt,
                },
                Of("site.trusted_proxies", "Trusted proxies", (a, t) =>
                    a with
                    {
                        Site = a.Site with { TrustedProxies = AnswerText.Words(t) },
                    }
                ) with
                {
                    Applies = a => a.Certificate.Mode == CertificateMode.None,
                    WhenAbsent = "none: visitors get the proxy's address",
                },
            ]
        );

    private static Question Of(string key, string label, Func<AnswerFile, string, AnswerFile> change) =>
        new(QuestionKeys.Find(key), change) { Key = key, Label = label };

    private static List<QuestionChoice> Releases(ReleaseCatalog catalog) =>
        [
            .. catalog
                .Names.Select(catalog.Load)
                .Select(r => new QuestionChoice(r.Version, $"Frappe {r.Frappe}, Python {r.Python}, Node {r.Node}")),
        ];

    private static List<QuestionChoice> AppsOf(AnswerFile answers, ReleaseCatalog catalog) =>
        catalog.Names.Contains(answers.Erpnext.Release)
            ?
            [
                .. catalog
                    .Load(answers.Erpnext.Release)
                    .Apps.Where(a => !a.Value.Dependency)
                    .Select(a => new QuestionChoice(a.Key, Explain(a.Value))),
            ]
            : [];

    private static string Explain(ReleaseApp app) =>
        $"{app.Title} {app.Ref}: {app.Description}{(app.Requires.Count == 0 ? "" : $" Brings {string.Join(", ", app.Requires)}.")}";
}
