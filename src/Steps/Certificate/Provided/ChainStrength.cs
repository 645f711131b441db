using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>
/// Finds keys and signatures that browsers refuse as too weak. A root's own signature proves nothing and is not
/// checked.
/// </summary>
internal static class ChainStrength
{
    private const int MinRsaBits = 2048;

    // OIDs of RSA (RFC 8017), ECDSA (RFC 5758) and DSA (RFC 3279) with MD5 or SHA-1.
    private static readonly string[] WeakSignatures =
    [
        "1.2.840.113549.1.1.4",
        "1.2.840.113549.1.1.5",
        "1.2.840.10045.4.1",
        "1.2.840.10040.4.3",
        "1.3.14.3.2.29",
    ];

    /// <summary>Finds them in all certificates that nginx gets: its OpenSSL loads none of them, used or not.</summary>
    public static IEnumerable<CertificateFinding> Check(string path, IReadOnlyList<X509Certificate2> delivered)
    {
        foreach (var certificate in delivered)
        {
            if (PublicHalf.Of(certificate) is { RsaBits: { } bits and < MinRsaBits })
            {
                yield return new CertificateFinding(
                    CertificateProblem.KeyWeak,
                    $"{ProvidedKeys.Certificate}: {path}: {CertificateNames.NameOf(certificate)} has an RSA key of "
                        + $"{bits} bits; browsers require {MinRsaBits}",
                    "openssl genrsa -out site.key 3072, then request a new certificate"
                );
            }

            if (
                WeakSignatures.Contains(certificate.SignatureAlgorithm.Value)
                && (certificate == delivered[0] || certificate.Subject != certificate.Issuer)
            )
            {
                yield return new CertificateFinding(
                    CertificateProblem.WeakSignature,
                    $"{ProvidedKeys.Certificate}: {path}: {CertificateNames.NameOf(certificate)} is signed with "
                        + $"{certificate.SignatureAlgorithm.FriendlyName}, which browsers refuse",
                    "Request a certificate that is signed with SHA-256."
                );
            }
        }
    }
}
