namespace ErpInstaller.Answers.Keys;

/// <summary>The tables <c>[apps]</c> and <c>[site]</c>.</summary>
internal static partial class AnswerKeys
{
    private static TableKey Apps =>
        new(
            "apps",
            "Apps beside Frappe and ERPNext, which are always there.",
            [
                new TextListKey("install", "Names of the apps. What an app requires comes along.", TextRules.AppName)
                {
                    Value = a => a.Apps.Install,
                },
                new MapKey("override", "Another source or version of an app than the release's.", Override)
                {
                    NameOf = "app",
                },
            ]
        );

    private static TableKey Override =>
        new(
            "",
            "What differs from the release for this app.",
            [
                new TextKey("url", "Where to clone the app from.", TextRules.GitUrl),
                new TextKey("ref", "Branch or tag; with a star at its end the newest such tag.", TextRules.GitRef),
                new TextKey(
                    "username",
                    "User name at the git server, with token. Absent: one that servers take with a token.",
                    TextRules.GitUser
                ),
                new SecretKey(
                    "token",
                    "Password or access token of a private repository by https.",
                    TextRules.AnySecret,
                    "APP_TOKEN"
                ),
                new TextListKey("requires", "Apps that must be installed before this one.", TextRules.AppName),
            ]
        );

    private static TableKey Site =>
        new(
            "site",
            "The site: its name, its administrator, its ports.",
            [
                new TextKey(
                    "name",
                    "Public host name of the site. Users reach it under this name and no other.",
                    TextRules.HostName
                )
                {
                    Value = a => a.Site.Name,
                    IsRequired = true,
                },
                new SecretKey(
                    "admin_password",
                    "Password of the user Administrator. Absent: one is generated and kept in a Nomad Variable.",
                    TextRules.Password,
                    "ERP_ADMIN_PASSWORD"
                )
                {
                    Value = a => a.Site.AdminPassword,
                },
                new NumberKey("http_port", "Redirects to HTTPS. With certificate.mode none the site itself.", 1, 65535)
                {
                    Value = a => a.Site.HttpPort,
                },
                new NumberKey(
                    "https_port",
                    "Serves HTTPS. With certificate.mode none: the port of your proxy.",
                    1,
                    65535
                )
                {
                    Value = a => a.Site.HttpsPort,
                },
                new TextListKey(
                    "trusted_proxies",
                    "With certificate.mode none: addresses or networks of your proxies, whose X-Forwarded-For and X-Forwarded-Proto count.",
                    TextRules.NetworkAddress
                )
                {
                    Value = a => a.Site.TrustedProxies,
                },
            ]
        );

    private static TableKey Certificate =>
        new(
            "certificate",
            "Where the site's certificate comes from.",
            [
                new ChoiceKey(
                    "mode",
                    "self-signed: the installer makes one. provided: certificate and key are files. lets-encrypt: Traefik obtains it. none: your own proxy has it.",
                    ChoiceConverter<CertificateMode>.Names
                )
                {
                    Value = a => a.Certificate.Mode,
                },
                new TextKey(
                    "certificate",
                    "For provided: the chain as a PEM file, the site's certificate first.",
                    TextRules.AbsolutePath
                )
                {
                    Value = a => a.Certificate.Certificate,
                },
                new TextKey("key", "For provided: the unencrypted key as a PEM file.", TextRules.AbsolutePath)
                {
                    Value = a => a.Certificate.Key,
                },
                new ChoiceKey(
                    "delivery",
                    "How both reach the frontend. variable: in a Nomad Variable. host-volume: as a file in the node's host volume JOB-ssl.",
                    ChoiceConverter<CertificateDelivery>.Names
                )
                {
                    Value = a => a.Certificate.Delivery,
                },
                new TextKey(
                    "resolver",
                    "For lets-encrypt: the name of Traefik's certificate resolver.",
                    TextRules.Resolver
                )
                {
                    Value = a => a.Certificate.Resolver,
                },
            ]
        );
}
