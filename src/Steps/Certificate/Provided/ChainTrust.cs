using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>Verifies a chain against this system's trust store, without downloading missing issuers.</summary>
internal static class ChainTrust
{
    /// <summary>Verifies the chain.</summary>
    /// <param name="ordered">The chain, leaf first.</param>
    /// <param name="isComplete">True when the chain ends in a root, trusted or not.</param>
    public static bool IsTrusted(IReadOnlyList<X509Certificate2> ordered, DateTimeOffset now, out bool isComplete)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(ordered.Skip(1).ToArray());
        var trusted = Build(chain, ordered[0]);
        isComplete = !chain.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.PartialChain));
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return trusted;
    }

    // OpenSSL throws for a certificate whose public key it cannot read.
    private static bool Build(X509Chain chain, X509Certificate2 leaf)
    {
        try
        {
            return chain.Build(leaf);
        }
        catch (CryptographicException)
        {
            return false;
        }
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
            return given.Any(IsSelfIssued) ? null : RootInTrustStore(given);
        }
        finally
        {
            given.ToList().ForEach(c => c.Dispose());
        }
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.SequenceEqual(certificate.IssuerName.RawData);

    private static string? RootInTrustStore(X509Certificate2Collection given)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
        chain.ChainPolicy.ExtraStore.AddRange(given);
        chain.Build(given[0]);
        var last = chain.ChainElements[^1].Certificate;
        var root = IsSelfIssued(last) ? last.ExportCertificatePem() + "\n" : null;
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return root;
    }

    /// <summary>The finding for a chain whose root is missing.</summary>
    public static CertificateFinding Incomplete(string path, X509Certificate2 last) =>
        new(
            CertificateProblem.ChainIncomplete,
            $"{ProvidedKeys.Certificate}: {path}: {last.GetNameInfo(X509NameType.SimpleName, forIssuer: true)} "
                + "issued the last certificate, but is neither in the file nor in this system's trust store",
            "Use the file with the full chain (most issuers call it fullchain.pem). Browsers refuse a chain with a "
                + "gap.",
            IsWarning: true
        );
}
