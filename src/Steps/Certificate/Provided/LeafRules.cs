using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The rules for the leaf.</summary>
internal sealed class LeafRules(string path, X509Certificate2 leaf, string siteName, DateTimeOffset now)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string AnyPurpose = "2.5.29.37.0";
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private readonly SiteCertificate _facts = SiteCertificate.Of(leaf);

    /// <summary>Finds violations.</summary>
    public IEnumerable<CertificateFinding> Check() => Validity().Concat(Name()).Concat(Purpose());

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
        else if (end - now < Soon)
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
        if (leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(b => b.CertificateAuthority))
        {
            yield return Finding(
                CertificateProblem.OfAuthority,
                "the certificate is a CA certificate (CA:TRUE), which some browsers refuse for a site",
                "If openssl req -x509 made it, make it again with -addext basicConstraints=critical,CA:FALSE"
            );
        }

        var purposes = leaf
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>())
            .Select(o => o.Value)
            .ToList();
        if (purposes.Count > 0 && !purposes.Contains(ServerAuthentication) && !purposes.Contains(AnyPurpose))
        {
            yield return Finding(
                CertificateProblem.NotForServers,
                "the certificate's extended key usage does not include serverAuth",
                "Request one with the extended key usage serverAuth."
            );
        }
    }

    private CertificateFinding Finding(CertificateProblem problem, string what, string hint) =>
        new(problem, $"{ProvidedKeys.Certificate}: {path}: {what}", hint);
}
