using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The uses that a certificate's extensions allow, as OpenSSL reads them for the purpose sslserver.</summary>
internal static class CertificatePurpose
{
    // A TLS server signs the handshake, or, in TLS 1.2 only, decrypts or agrees on a key.
    private const X509KeyUsageFlags InTls =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.KeyAgreement;

    // serverAuth, and the older Server Gated Cryptography of Microsoft and Netscape. anyExtendedKeyUsage is no
    // serverAuth for OpenSSL.
    private static readonly string[] Servers = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"];

    // TLS feature status_request (RFC 7633): a SEQUENCE with the INTEGER 5.
    private const string TlsFeature = "1.3.6.1.5.5.7.1.24";

    /// <summary>False when an extended key usage does not include serverAuth.</summary>
    public static bool ServesTls(X509Certificate2 certificate)
    {
        var purposes = certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>())
            .Select(o => o.Value)
            .ToList();
        return purposes.Count == 0 || purposes.Intersect(Servers).Any();
    }

    /// <summary>False when the key usage allows nothing of a TLS server.</summary>
    public static bool KeyServesTls(X509Certificate2 certificate) => Allows(certificate, InTls);

    /// <summary>False when the key usage allows no signature in a handshake, which TLS 1.3 needs.</summary>
    public static bool KeyServesTls13(X509Certificate2 certificate) =>
        Allows(certificate, X509KeyUsageFlags.DigitalSignature);

    /// <summary>False when the key usage does not allow to sign certificates.</summary>
    public static bool SignsCertificates(X509Certificate2 certificate) =>
        Allows(certificate, X509KeyUsageFlags.KeyCertSign);

    /// <summary>True for CA:TRUE.</summary>
    public static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(b => b.CertificateAuthority);

    /// <summary>The number of intermediate certificates that may stand between a CA and a leaf.</summary>
    public static int PathLength(X509Certificate2 authority) =>
        authority.Extensions.OfType<X509BasicConstraintsExtension>().First().PathLengthConstraint;

    /// <summary>True when browsers must refuse the certificate without a stapled OCSP answer (must-staple).</summary>
    public static bool MustStaple(X509Certificate2 certificate) =>
        certificate.Extensions.Any(e =>
            e.Oid?.Value == TlsFeature && Convert.ToHexString(e.RawData).Contains("020105", StringComparison.Ordinal)
        );

    private static bool Allows(X509Certificate2 certificate, X509KeyUsageFlags any) =>
        certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } usage
        || (usage.KeyUsages & any) != 0;
}
