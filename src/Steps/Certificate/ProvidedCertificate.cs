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

    /// <summary>Chain and key, separated and without comments; null when the certificate is not usable.</summary>
    public CertificateFiles? Files { get; private set; }

    /// <summary>True when this system trusts the chain.</summary>
    public bool IsTrusted { get; private set; }

    /// <summary>Checks the files.</summary>
    /// <param name="chainPath">The chain as PEM, leaf first.</param>
    /// <param name="keyPath">The key as PEM; may be the same file.</param>
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
        if (chain is not null && key is not null)
        {
            result.Examine(chain, key);
        }

        return result;
    }

    private void Examine(ProvidedFile chain, ProvidedFile key)
    {
        if (AreSwitched(chain, key))
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
        foreach (var file in new[] { chain, key }.DistinctBy(f => f.Path).Where(f => f.Blocks.Any(b => b.IsPrivateKey)))
        {
            _findings.AddRange(KeyFileRules.Permissions(file));
        }

        var certificates = ReadCertificates(chain);
        var block = KeyFileRules.FindKey(key, _findings);
        if (certificates.Count > 0 && block is not null)
        {
            Examine(chain, certificates, key, block);
        }

        certificates.ForEach(c => c.Dispose());
    }

    private void Examine(ProvidedFile chain, List<X509Certificate2> certificates, ProvidedFile key, PemBlock block)
    {
        if (PublicHalf.OfPrivate(block.Text) is not { } half)
        {
            _findings.Add(KeyFileRules.Unsupported(key.Key, key.Path));
            return;
        }

        var leaf = certificates.Find(c => PublicHalf.Of(c)?.Numbers == half.Numbers);
        if (leaf is null)
        {
            _findings.Add(
                new CertificateFinding(
                    CertificateProblem.KeyMismatch,
                    $"{key.Key}: the key in {key.Path} does not belong to the certificate in {chain.Path}",
                    "These two commands must print the same: openssl x509 -noout -pubkey -in "
                        + $"{ShellWord.Of(chain.Path)}; openssl pkey -pubout -in {ShellWord.Of(key.Path)}"
                )
            );
        }

        var ordered = ChainOrder.From(leaf ?? certificates[0], certificates);
        _findings.AddRange(ChainOrder.Check(chain.Path, certificates, ordered));
        _findings.AddRange(new LeafRules(chain.Path, ordered[0], _siteName, _now).Check());
        _findings.AddRange(ChainStrength.Check(chain.Path, ordered));
        IsTrusted = ChainTrust.IsTrusted(ordered, _now, out var isComplete);
        if (!isComplete)
        {
            _findings.Add(ChainTrust.Incomplete(chain.Path, ordered[^1]));
        }

        if (IsUsable)
        {
            Files = new CertificateFiles(
                string.Concat(certificates.Select(c => c.ExportCertificatePem() + "\n")),
                block.Text + "\n",
                SiteCertificate.Of(ordered[0])
            );
        }
    }

    private static bool AreSwitched(ProvidedFile chain, ProvidedFile key) =>
        chain.Blocks.Any(b => b.IsPrivateKey)
        && !chain.Blocks.Any(b => b.IsCertificate)
        && key.Blocks.Any(b => b.IsCertificate)
        && !key.Blocks.Any(b => b.IsPrivateKey);

    private List<X509Certificate2> ReadCertificates(ProvidedFile file)
    {
        var blocks = file.Blocks.Where(b => b.IsCertificate).ToList();
        var certificates = new List<X509Certificate2>();
        if (blocks.Count == 0)
        {
            AddNotPem(file, $"{file.Path} holds {file.Blocks[0].Label}, but no certificate");
        }

        foreach (var (block, number) in blocks.Select((b, i) => (b, i + 1)))
        {
            try
            {
                certificates.Add(X509Certificate2.CreateFromPem(block.Text));
            }
            catch (CryptographicException)
            {
                AddNotPem(file, $"certificate {number} in {file.Path} is damaged");
                certificates.ForEach(c => c.Dispose());
                return [];
            }
        }

        return certificates;
    }

    private void AddNotPem(ProvidedFile file, string what) =>
        _findings.Add(
            new CertificateFinding(
                CertificateProblem.NotPem,
                $"{file.Key}: {what}",
                $"openssl x509 -in {ShellWord.Of(file.Path)} -noout -subject"
            )
        );
}
