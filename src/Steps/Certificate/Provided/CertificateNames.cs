using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>How messages name a certificate.</summary>
internal static class CertificateNames
{
    /// <summary>The common name; if there is none, the whole subject.</summary>
    public static string NameOf(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return name.Length > 0 ? name
            : certificate.Subject.Length > 0 ? certificate.Subject
            : "a certificate without a subject";
    }

    /// <summary>The name, with the serial number where another certificate of the file has the same name.</summary>
    public static string NameAmong(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> all) =>
        all.Any(c => c.HasSubject(certificate.SubjectName) && !c.Same(certificate))
            ? $"{NameOf(certificate)} (serial {certificate.SerialNumber})"
            : NameOf(certificate);

    /// <summary>True when the subject is this name, byte for byte.</summary>
    public static bool HasSubject(this X509Certificate2 certificate, X500DistinguishedName name) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(name.RawData);

    /// <summary>True when both are the same certificate.</summary>
    public static bool Same(this X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);

    /// <summary>
    /// True when this certificate is in the list. <see cref="X509Certificate.Equals(X509Certificate)"/> does not serve:
    /// it compares issuer and serial number, which small CAs use more than once.
    /// </summary>
    public static bool Holds(this IEnumerable<X509Certificate2> list, X509Certificate2 certificate) =>
        list.Contains(certificate, ReferenceEqualityComparer.Instance);

    /// <summary>True when the issuer's name is the subject's, as in a root.</summary>
    public static bool IsSelfIssued(this X509Certificate2 certificate) =>
        certificate.HasSubject(certificate.IssuerName);
}
