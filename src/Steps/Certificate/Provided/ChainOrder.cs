using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The order of a chain: leaf, intermediates, root (RFC 8446, 4.4.2).</summary>
internal static class ChainOrder
{
    /// <summary>Sorts certificates from the leaf to the last issuer that is present.</summary>
    public static IReadOnlyList<X509Certificate2> From(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> all)
    {
        var ordered = new List<X509Certificate2> { leaf };
        while (all.FirstOrDefault(c => !ordered.Contains(c) && Issued(c, ordered[^1])) is { } issuer)
        {
            ordered.Add(issuer);
        }

        return ordered;
    }

    /// <summary>Finds certificates in the wrong order, and certificates that do not belong to the chain.</summary>
    public static IEnumerable<CertificateFinding> Check(
        string path,
        IReadOnlyList<X509Certificate2> all,
        IReadOnlyList<X509Certificate2> ordered
    )
    {
        if (!all.Where(ordered.Contains).Distinct().SequenceEqual(ordered) || all[0] != ordered[0])
        {
            var wanted = string.Join(", then ", ordered.Select(NameOf));
            yield return new CertificateFinding(
                CertificateProblem.ChainOrder,
                $"{ProvidedKeys.Certificate}: {path}: the certificates are in the wrong order: {NameOf(all[0])} "
                    + "comes first",
                $"The order must be: {wanted}."
            );
        }
        else if (all.Count > ordered.Count)
        {
            var strangers = all.Where((c, i) => !ordered.Contains(c) || all.Take(i).Contains(c)).Select(NameOf);
            yield return new CertificateFinding(
                CertificateProblem.ChainStrangers,
                $"{ProvidedKeys.Certificate}: {path} contains certificates that are duplicates or not part of the "
                    + "site's chain: "
                    + string.Join(", ", strangers),
                "Remove them. nginx would send them to every browser, to no purpose.",
                IsWarning: true
            );
        }
    }

    /// <summary>The common name; if there is none, the whole subject.</summary>
    public static string NameOf(X509Certificate2 certificate)
    {
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return name.Length > 0 ? name
            : certificate.Subject.Length > 0 ? certificate.Subject
            : "a certificate without a subject";
    }

    private static bool Issued(X509Certificate2 issuer, X509Certificate2 subject) =>
        subject.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData)
        && !subject.SubjectName.RawData.AsSpan().SequenceEqual(subject.IssuerName.RawData);
}
