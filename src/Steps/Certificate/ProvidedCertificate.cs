using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate;

/// <summary>
/// Checks the provided certificate and key where they are. Fast enough to run while the operator types a path.
/// </summary>
internal sealed class ProvidedCertificate
{
    private readonly List<CertificateFinding> _findings = [];
    private readonly string _siteName;
    private readonly DateTimeOffset _now;

    private ProvidedCertificate(string siteName, DateTimeOffset now) => (_siteName, _now) = (siteName, now);

    /// <summary>Errors and warnings, in the order in which to fix them.</summary>
    public IReadOnlyList<CertificateFinding> Findings => _findings;

    /// <summary>True when there are no errors: the certificate can serve the site.</summary>
    public bool IsUsable => _findings.All(f => f.IsWarning);

    /// <summary>
    /// Chain and key, written anew from what was read: certificates, leaf first, each once, and the key as PKCS#8. Null
    /// when the certificate is not usable.
    /// </summary>
    public CertificateFiles? Files { get; private set; }

    /// <summary>True when this system trusts the chain.</summary>
    public bool IsTrusted { get; private set; }

    /// <summary>Checks the files.</summary>
    /// <param name="chainPath">The chain, leaf first: PEM, DER or PKCS#7.</param>
    /// <param name="keyPath">The key: PEM or DER; may be the same file.</param>
    /// <param name="siteName">The host name that the certificate must be for.</param>
    /// <param name="now">The time at which the certificate must be valid.</param>
    /// <returns>Errors and warnings; empty when there are none.</returns>
    public static IReadOnlyList<CertificateFinding> Check(
        string chainPath,
        string keyPath,
        string siteName,
        DateTimeOffset now
    ) => Examine(chainPath, keyPath, siteName, now).Findings;

    /// <summary>As <see cref="Check"/>, but returns the parsed files too.</summary>
    public static ProvidedCertificate Examine(string chainPath, string keyPath, string siteName, DateTimeOffset now)
    {
        var result = new ProvidedCertificate(siteName, now);
        var chain = ProvidedFile.Read(chainPath, ProvidedKeys.Certificate, result._findings);
        var key = ProvidedFile.Read(keyPath, ProvidedKeys.Key, result._findings);
        result.Examine(chain, key);
        return result;
    }

    // A file that is missing does not keep the other one from being checked.
    private void Examine(ProvidedFile? chain, ProvidedFile? key)
    {
        if (chain is not null && key is not null && AreSwitched(chain, key))
        {
            _findings.Add(
                new CertificateFinding(
                    CertificateProblem.FilesSwitched,
                    $"{chain.Path} holds a key and {key.Path} a certificate: they are switched",
                    $"{ProvidedKeys.Certificate} = \"{key.Path}\", {ProvidedKeys.Key} = \"{chain.Path}\""
                )
            );
            return;
        }

        // If the chain's file also holds the key, the key's rules apply to that file too.
        ProvidedFile[] files = [.. new[] { chain, key }.OfType<ProvidedFile>().DistinctBy(f => f.Path)];
        foreach (var file in files.Where(f => f.Contents.Any(c => c.IsKey)))
        {
            _findings.AddRange(KeyFileRules.Permissions(file));
        }

        var certificates = chain is null ? [] : ReadCertificates(chain);
        var siteKey = key is null ? null : KeyFileRules.FindKey(key, _findings);
        if (certificates.Count > 0)
        {
            Examine(chain!, certificates, key, siteKey);
        }

        certificates.ForEach(c => c.Dispose());
    }

    private void Examine(ProvidedFile chain, List<X509Certificate2> certificates, ProvidedFile? key, SiteKey? siteKey)
    {
        try
        {
            var leaf = FindLeaf(certificates, siteKey, () => Mismatch(chain, key!));
            var site = Examine(chain, certificates, leaf);
            if (IsUsable && siteKey is not null)
            {
                var delivered = site.Ordered.Concat(certificates.Where(c => !site.Ordered.Holds(c)));
                Files = new CertificateFiles(
                    string.Concat(delivered.Select(c => c.ExportCertificatePem() + "\n")),
                    siteKey.Pem,
                    SiteCertificate.Of(leaf)
                );
            }
        }
        catch (CryptographicException e)
        {
            // The certificate itself is readable, but one of its extensions is not.
            _findings.Add(WrongContent.UnreadableExtension(chain, e.Message));
        }
    }

    private SiteChain Examine(ProvidedFile chain, List<X509Certificate2> certificates, X509Certificate2 leaf)
    {
        var site = SiteChain.Verify(chain.Path, leaf, certificates, _now);
        IsTrusted = site.IsTrusted;

        // PKCS#7 is a set. Its certificates are delivered in the order of the chain.
        IReadOnlyList<X509Certificate2> given = chain.Contents.Any(c => c.IsOfSet)
            ? [.. site.Ordered, .. certificates.Where(c => !site.Ordered.Holds(c))]
            : certificates;
        var order = ChainOrder.Check(chain.Path, given, site.Ordered);

        // If the chain is broken, the other certificates may be the right ones.
        _findings.AddRange(site.IsBroken ? order.Where(f => !f.IsWarning) : order);
        _findings.AddRange(new LeafRules(chain.Path, leaf, _siteName, _now).Check());
        _findings.AddRange(site.Findings.Where(f => f.Problem != CertificateProblem.ChainIncomplete));
        _findings.AddRange(ChainStrength.Check(chain.Path, given));
        _findings.AddRange(site.Findings.Where(f => f.Problem == CertificateProblem.ChainIncomplete));
        return site;
    }

    // The key tells which certificate is the site's. Without a key it is the one that issued no other.
    private X509Certificate2 FindLeaf(
        List<X509Certificate2> certificates,
        SiteKey? siteKey,
        Func<CertificateFinding> mismatch
    )
    {
        if (siteKey is not null)
        {
            if (certificates.Find(c => PublicHalf.Of(c)?.Numbers == siteKey.PublicHalf.Numbers) is { } leaf)
            {
                return leaf;
            }

            _findings.Add(mismatch());
        }

        return certificates.Find(c => !certificates.Exists(o => !ReferenceEquals(o, c) && c.HasSubject(o.IssuerName)))
            ?? certificates[0];
    }

    private static CertificateFinding Mismatch(ProvidedFile chain, ProvidedFile key) =>
        new(
            CertificateProblem.KeyMismatch,
            $"{key.Key}: the key in {key.Path} does not belong to the certificate in {chain.Path}",
            "These two commands must print the same: openssl x509 -noout -pubkey -in "
                + $"{ShellWord.Of(chain.Path)}; openssl pkey -pubout -in {ShellWord.Of(key.Path)}"
        );

    private static bool AreSwitched(ProvidedFile chain, ProvidedFile key) =>
        chain.Contents.Any(c => c.IsKey)
        && !chain.Contents.Any(c => c.IsCertificate)
        && key.Contents.Any(c => c.IsCertificate)
        && !key.Contents.Any(c => c.IsKey);

    // nginx sends every certificate of the file, so the same one twice is read once.
    private List<X509Certificate2> ReadCertificates(ProvidedFile file)
    {
        List<FileContent> contents = [.. file.Contents.Where(c => c.IsCertificate)];
        if (contents.Count == 0)
        {
            _findings.Add(WrongContent.NoCertificate(file));
        }

        if (contents.FindIndex(c => c.Kind == ContentKind.Damaged) is >= 0 and var damaged)
        {
            _findings.Add(WrongContent.DamagedCertificate(file, damaged + 1));
            return [];
        }

        return
        [
            .. contents
                .DistinctBy(c => Convert.ToHexString(c.Der))
                .Select(c => X509CertificateLoader.LoadCertificate(c.Der)),
        ];
    }
}
