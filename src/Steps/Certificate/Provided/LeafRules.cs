using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The rules for the leaf.</summary>
internal sealed class LeafRules(string path, X509Certificate2 leaf, string siteName, DateTimeOffset now)
{
    private readonly SiteCertificate _facts = SiteCertificate.Of(leaf);

    /// <summary>Finds violations.</summary>
    public IEnumerable<CertificateFinding> Check() => Validity().Concat(Name()).Concat(Purpose()).Concat(Stapling());

    private IEnumerable<CertificateFinding> Validity()
    {
        var (from, end) = (_facts.NotBefore, _facts.NotAfter);
        if (end <= now)
        {
            yield return Finding(
                CertificateProblem.Expired,
                $"the certificate expired on {end:yyyy-MM-dd HH:mm}Z",
                "Renew it at its issuer."
            );
        }
        else if (from > now)
        {
            yield return Finding(
                CertificateProblem.NotYetValid,
                $"the certificate is not valid before {from:yyyy-MM-dd HH:mm}Z",
                "Wait, or check this host's clock: timedatectl"
            );
        }
        else if (SiteCertificate.EndsSoon(leaf, now))
        {
            yield return Finding(
                CertificateProblem.ExpiresSoon,
                $"the certificate expires on {end:yyyy-MM-dd}",
                "Renew it soon, then run the same command again."
            ) with
            {
                IsWarning = true,
            };
        }
    }

    // Browsers read only the SAN (RFC 9525, 2). A wildcard stands for one whole label (6.3).
    private IEnumerable<CertificateFinding> Name()
    {
        if (leaf.MatchesHostname(siteName, allowWildcards: true, allowCommonName: false))
        {
            yield break;
        }

        var onlyCommonName = leaf.GetNameInfo(X509NameType.SimpleName, forIssuer: false)
            .Equals(siteName, StringComparison.OrdinalIgnoreCase);
        var has =
            onlyCommonName ? "the name is only its Common Name, which browsers ignore"
            : _facts.Names.Count == 0 ? "it has no subject alternative name"
            : $"it is for {string.Join(", ", _facts.Names)}";
        yield return Finding(
            CertificateProblem.NameNotCovered,
            $"the certificate is not for {siteName}: {has}",
            $"Request one with the subject alternative name DNS:{siteName}, or change site.name."
        );
    }

    private IEnumerable<CertificateFinding> Purpose()
    {
        if (CertificatePurpose.IsAuthority(leaf))
        {
            yield return Finding(
                CertificateProblem.OfAuthority,
                "the certificate is a CA certificate (CA:TRUE), which some browsers refuse for a site",
                "If openssl req -x509 made it, make it again with -addext basicConstraints=critical,CA:FALSE"
            );
        }

        if (!CertificatePurpose.ServesTls(leaf))
        {
            yield return Finding(
                CertificateProblem.NotForServers,
                "the certificate's extended key usage does not include serverAuth",
                "Request one with the extended key usage serverAuth."
            );
        }

        if (!CertificatePurpose.KeyServesTls(leaf))
        {
            yield return Finding(
                CertificateProblem.NotForServers,
                "the certificate's key usage allows no TLS: it includes neither digitalSignature nor keyEncipherment",
                "Request one with the key usage digitalSignature."
            );
        }
        else if (!CertificatePurpose.KeyServesTls13(leaf))
        {
            yield return Finding(
                CertificateProblem.NotForServers,
                "the certificate's key usage does not include digitalSignature, which TLS 1.3 and Chrome need",
                "Request one with the key usage digitalSignature."
            ) with
            {
                IsWarning = true,
            };
        }
    }

    // nginx.conf has no ssl_stapling: most CAs answer no OCSP any more, and nginx sends its first answers without one.
    private IEnumerable<CertificateFinding> Stapling()
    {
        if (CertificatePurpose.MustStaple(leaf))
        {
            yield return Finding(
                CertificateProblem.MustStaple,
                "the certificate demands a stapled OCSP answer (must-staple), which the frontend does not send: "
                    + "Firefox refuses the site",
                "Request one without must-staple (certbot: without --must-staple)."
            ) with
            {
                IsWarning = true,
            };
        }
    }

    private CertificateFinding Finding(CertificateProblem problem, string what, string hint) =>
        new(problem, $"{ProvidedKeys.Certificate}: {path}: {what}", hint);
}
