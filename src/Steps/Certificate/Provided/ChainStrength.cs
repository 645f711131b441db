using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>Keys and signatures that browsers refuse as too weak. A root's own signature proves nothing and is not looked at.</summary>
internal static class ChainStrength
{
    private const int LeastRsaBits = 2048;

    // RFC 8017 (RSA), RFC 5758 (ECDSA): MD5 and SHA-1 with them.
    private static readonly string[] WeakSignatures =
    [
        "1.2.840.113549.1.1.4",
        "1.2.840.113549.1.1.5",
        "1.2.840.10045.4.1",
        "1.3.14.3.2.29",
    ];

    /// <summary>What is too weak in a chain.</summary>
    public static IEnumerable<CertificateFinding> Check(string path, IReadOnlyList<X509Certificate2> ordered)
    {
        foreach (var certificate in ordered)
        {
            if (PublicHalf.Of(certificate) is { RsaBits: { } bits and < LeastRsaBits })
            {
                yield return new CertificateFinding(
                    CertificateProblem.KeyWeak,
                    $"{ProvidedKeys.Certificate}: {path}: {ChainOrder.NameOf(certificate)} has an RSA key of {bits} bits; browsers want {LeastRsaBits}",
                    "openssl genrsa -out site.key 3072, then ask for a new certificate"
                );
            }

            if (
                WeakSignatures.Contains(certificate.SignatureAlgorithm.Value)
                && (certificate == ordered[0] || certificate.Subject != certificate.Issuer)
            )
            {
                yield return new CertificateFinding(
                    CertificateProblem.WeakSignature,
                    $"{ProvidedKeys.Certificate}: {path}: {ChainOrder.NameOf(certificate)} is signed with {certificate.SignatureAlgorithm.FriendlyName}, which browsers refuse",
                    "Ask for a certificate that is signed with SHA-256."
                );
            }
        }
    }
}
