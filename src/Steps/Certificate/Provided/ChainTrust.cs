using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>
/// Builds and verifies a chain with OpenSSL, without downloading missing issuers and without asking for revocation.
/// </summary>
internal static class ChainTrust
{
    /// <summary>Verifies the chain of a leaf.</summary>
    /// <param name="others">Certificates that may be part of it.</param>
    /// <param name="roots">The roots to trust; null: those of this system.</param>
    /// <exception cref="CryptographicException">OpenSSL cannot read a public key.</exception>
    public static BuiltChain Build(
        X509Certificate2 leaf,
        IEnumerable<X509Certificate2> others,
        DateTimeOffset now,
        IEnumerable<X509Certificate2>? roots
    )
    {
        using var chain = new X509Chain { ChainPolicy = Policy(others) };
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        if (roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots.ToArray());
        }

        var isTrusted = chain.Build(leaf);
        var links = chain.ChainElements.Select(e => new ChainLink(e.Certificate.RawData, [.. e.ChainElementStatus]));
        var built = new BuiltChain(
            isTrusted,
            !chain.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.PartialChain)),
            [.. links]
        );
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return built;
    }

    /// <summary>
    /// The root of a chain if it is in this system's trust store but not in the file. Mostly that is a company's own
    /// root: a container has only the public roots.
    /// </summary>
    /// <param name="chainPem">The chain as PEM, leaf first.</param>
    /// <returns>PEM, or null.</returns>
    public static string? MissingRoot(string chainPem)
    {
        var given = new X509Certificate2Collection();
        given.ImportFromPem(chainPem);
        try
        {
            // Reading the trust store takes a tenth of a second. A chain with its root does not need it.
            return given.Any(c => IsRootOf(c, given)) ? null : RootInTrustStore(given);
        }
        finally
        {
            given.ToList().ForEach(c => c.Dispose());
        }
    }

    private static bool IsRootOf(X509Certificate2 root, X509Certificate2Collection chain) =>
        root.IsSelfIssued()
        && (root.Same(chain[0]) || chain.Any(c => !c.IsSelfIssued() && root.HasSubject(c.IssuerName)));

    private static string? RootInTrustStore(X509Certificate2Collection given)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(given) };
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
        chain.Build(given[0]);
        var last = chain.ChainElements[^1].Certificate;
        var root = last.IsSelfIssued() ? last.ExportCertificatePem() + "\n" : null;
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return root;
    }

    private static X509ChainPolicy Policy(IEnumerable<X509Certificate2> others)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ExtraStore.AddRange(others.ToArray());
        return policy;
    }
}

/// <summary>A chain as OpenSSL built and judged it.</summary>
/// <param name="IsTrusted">True when it ends in a trusted root and has no problem.</param>
/// <param name="IsComplete">True when it ends in a root, trusted or not.</param>
/// <param name="Links">Its certificates, leaf first.</param>
internal sealed record BuiltChain(bool IsTrusted, bool IsComplete, IReadOnlyList<ChainLink> Links);

/// <summary>A certificate of a chain.</summary>
/// <param name="Der">The certificate.</param>
/// <param name="Problems">OpenSSL's verdict on it.</param>
internal sealed record ChainLink(byte[] Der, IReadOnlyList<X509ChainStatus> Problems)
{
    /// <summary>True when it has one of these problems.</summary>
    public bool Has(X509ChainStatusFlags problem) => Problems.Any(p => (p.Status & problem) != 0);
}
