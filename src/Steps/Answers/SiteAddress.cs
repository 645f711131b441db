namespace ErpInstaller.Answers;

/// <summary>Where users reach the site.</summary>
public static class SiteAddress
{
    private const int Https = 443;

    /// <summary>The port of HTTPS: the answers', behind Traefik that of its entry point.</summary>
    public static int PortOf(AnswerFile answers) =>
        answers.Certificate.Mode == CertificateMode.LetsEncrypt ? Https : answers.Site.HttpsPort;

    /// <summary>The port as it stands in an address: <c>:8443</c>, and nothing for 443.</summary>
    public static string SuffixOf(AnswerFile answers) =>
        PortOf(answers) == Https ? "" : FormattableString.Invariant($":{PortOf(answers)}");

    /// <summary>The address that users type and that links in mails have: <c>https://SITE[:PORT]</c>, no slash at the end.</summary>
    public static string Of(AnswerFile answers) => $"https://{answers.Site.Name}{SuffixOf(answers)}";

    /// <summary>The frontend itself speaks TLS. Else something before it does, and the site's name leads there.</summary>
    public static bool IsServedByFrontend(AnswerFile answers) => answers.Certificate.Mode.ServesTls();
}
