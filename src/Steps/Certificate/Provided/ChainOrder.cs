using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The order of a chain: leaf, intermediates, root (RFC 8446, 4.4.2).</summary>
internal static class ChainOrder
{
    /// <summary>Finds certificates in the wrong order, and certificates that do not belong to the chain.</summary>
    /// <param name="all">The certificates as the file has them.</param>
    /// <param name="ordered">Those of the chain, leaf first.</param>
    public static IEnumerable<CertificateFinding> Check(
        string path,
        IReadOnlyList<X509Certificate2> all,
        IReadOnlyList<X509Certificate2> ordered
    )
    {
        var one = ReferenceEqualityComparer.Instance;
        if (!all.Where(ordered.Holds).SequenceEqual(ordered, one) || !ReferenceEquals(all[0], ordered[0]))
        {
            var wanted = string.Join(", then ", ordered.Select(CertificateNames.NameOf));
            yield return new CertificateFinding(
                CertificateProblem.ChainOrder,
                $"{ProvidedKeys.Certificate}: {path}: the certificates are in the wrong order: "
                    + $"{CertificateNames.NameOf(all[0])} comes first",
                $"The order must be: {wanted}."
            );
        }
        else if (all.Count > ordered.Count)
        {
            var strangers = all.Except(ordered, one).OfType<X509Certificate2>().Select(c => Describe(c, all));
            yield return new CertificateFinding(
                CertificateProblem.ChainStrangers,
                $"{ProvidedKeys.Certificate}: {path} contains certificates that are not part of the site's chain: "
                    + string.Join(", ", strangers),
                "Remove them. nginx would send them to every browser, to no purpose.",
                IsWarning: true
            );
        }
    }

    // Of two certificates with the same name, the serial number and the end tell which one is meant.
    private static string Describe(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> all)
    {
        var name = CertificateNames.NameAmong(certificate, all);
        return name == CertificateNames.NameOf(certificate)
            ? name
            : $"{name}, valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
    }
}
