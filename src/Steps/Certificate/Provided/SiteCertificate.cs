using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>Facts about a certificate.</summary>
/// <param name="Fingerprint">SHA-256, hex with colons as <c>openssl x509 -fingerprint -sha256</c> prints it.</param>
/// <param name="Names">DNS names and addresses of the SAN, in its order.</param>
/// <param name="NotBefore">Start of the validity.</param>
/// <param name="NotAfter">End of the validity.</param>
internal sealed record SiteCertificate(
    string Fingerprint,
    IReadOnlyList<string> Names,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter
)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>Its validity, in words.</summary>
    public string Validity => $"from {NotBefore:yyyy-MM-dd} until {NotAfter:yyyy-MM-dd}";

    /// <summary>True when a certificate is valid now.</summary>
    public static bool IsValid(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime
        && certificate.NotAfter.ToUniversalTime() >= now.UtcDateTime;

    /// <summary>True when a certificate is valid and ends within 30 days.</summary>
    public static bool EndsSoon(X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.NotAfter.ToUniversalTime() - now.UtcDateTime is var left && left > TimeSpan.Zero && left < Soon;

    /// <summary>Reads the facts from a certificate.</summary>
    public static SiteCertificate Of(X509Certificate2 certificate) =>
        new(
            FingerprintOf(certificate),
            [.. NamesOf(certificate)],
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime()
        );

    /// <summary>SHA-256 of a certificate, hex with colons.</summary>
    public static string FingerprintOf(X509Certificate certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2", null)));

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())));
}
