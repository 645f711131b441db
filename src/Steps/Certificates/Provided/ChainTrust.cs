using System.Security.Cryptography.X509Certificates;

namespace ErpInstaller.Certificates.Provided;

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

    /// <summary>What to say of a chain whose root is not found.</summary>
    public static CertificateFinding Incomplete(string path, X509Certificate2 last) => new(
        CertificateProblem.ChainIncomplete,
        $"{ProvidedKeys.Certificate}: {path}: {last.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}, the issuer of the last certificate, is neither in the file nor known to this system",
        "Most issuers give a file with the whole chain (fullchain.pem): use that one. Browsers refuse a chain with a gap.",
        IsWarning: true);
}
