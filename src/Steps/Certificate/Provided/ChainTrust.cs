using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificate.Provided;

/// <summary>Whether this system trusts a chain as it stands, without fetching what is missing.</summary>
internal static class ChainTrust
{
    /// <summary>Asks the system's store.</summary>
    /// <param name="ordered">The site's certificate first.</param>
    /// <param name="isComplete">It ends in a root, trusted or not.</param>
    public static bool IsTrusted(IReadOnlyList<X509Certificate2> ordered, DateTimeOffset now, out bool isComplete)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(ordered.Skip(1).ToArray());
        var trusted = chain.Build(ordered[0]);
        isComplete = !chain.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.PartialChain));
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return trusted;
    }

    /// <summary>
    /// The root of a chain when the file lacks it and this system knows it: a company's own, most often. A container knows
    /// the public ones only.
    /// </summary>
    /// <param name="chainPem">The site's certificate first.</param>
    /// <returns>PEM, or null.</returns>
    public static string? MissingRoot(string chainPem)
    {
        var given = new X509Certificate2Collection();
        given.ImportFromPem(chainPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllFlags;
        chain.ChainPolicy.ExtraStore.AddRange(given);
        chain.Build(given[0]);
        var last = chain.ChainElements[^1].Certificate;
        var isMissing =
            last.SubjectName.RawData.SequenceEqual(last.IssuerName.RawData)
            && !given.Any(c => c.RawData.SequenceEqual(last.RawData));
        var root = isMissing ? last.ExportCertificatePem() + "\n" : null;
        foreach (var certificate in chain.ChainElements.Select(e => e.Certificate).Concat(given))
        {
            certificate.Dispose();
        }

        return root;
    }

    /// <summary>What to say of a chain whose root is not found.</summary>
    public static CertificateFinding Incomplete(string path, X509Certificate2 last) =>
        new(
            CertificateProblem.ChainIncomplete,
            $"{ProvidedKeys.Certificate}: {path}: {last.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}, the issuer of the last certificate, is neither in the file nor known to this system",
            "Most issuers give a file with the whole chain (fullchain.pem): use that one. Browsers refuse a chain with a gap.",
            IsWarning: true
        );
}
