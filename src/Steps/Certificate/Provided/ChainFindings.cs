using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate.Provided;

/// <summary>The words for problems of a chain's links.</summary>
internal sealed class ChainFindings(string path, IReadOnlyList<X509Certificate2> all, DateTimeOffset now)
{
    /// <summary>Problems that the certificate itself has, besides its dates and its signature.</summary>
    public const X509ChainStatusFlags Forbidden = ~(
        X509ChainStatusFlags.NotTimeValid
        | X509ChainStatusFlags.NotSignatureValid
        | X509ChainStatusFlags.PartialChain
        | X509ChainStatusFlags.UntrustedRoot
    );

    private const X509ChainStatusFlags OfNames =
        X509ChainStatusFlags.InvalidNameConstraints
        | X509ChainStatusFlags.HasNotSupportedNameConstraint
        | X509ChainStatusFlags.HasNotDefinedNameConstraint
        | X509ChainStatusFlags.HasNotPermittedNameConstraint
        | X509ChainStatusFlags.HasExcludedNameConstraint;

    /// <summary>An issuer has expired, or is not valid yet.</summary>
    public CertificateFinding NotValidNow(X509Certificate2 issuer) =>
        issuer.NotBefore.ToUniversalTime() > now.UtcDateTime
            ? Finding(
                CertificateProblem.NotYetValid,
                $"{Name(issuer)} is not valid before {issuer.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm}Z",
                "Wait, or check this host's clock: timedatectl"
            )
            : Finding(
                CertificateProblem.Expired,
                $"{Name(issuer)} expired on {issuer.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm}Z",
                $"Replace it with the issuer's current certificate.{Download(issuer)}"
            );

    /// <summary>An issuer ends soon.</summary>
    public CertificateFinding EndsSoon(X509Certificate2 issuer) =>
        Finding(
            CertificateProblem.ExpiresSoon,
            $"{Name(issuer)} expires on {issuer.NotAfter.ToUniversalTime():yyyy-MM-dd}, and the chain with it",
            "Ask the issuer for the chain with its next certificate, then run the same command again."
        ) with
        {
            IsWarning = true,
        };

    /// <summary>A certificate has the issuer's name, but did not sign.</summary>
    /// <param name="signer">The certificate of the file that did; null: there is none.</param>
    public CertificateFinding NotSigned(
        X509Certificate2 namesake,
        X509Certificate2 subject,
        X509Certificate2? signer
    ) =>
        Finding(
            CertificateProblem.ChainBroken,
            $"{Name(namesake)} did not sign {Name(subject)}: it has the issuer's name, but another key",
            signer is null
                ? $"Replace it with the issuer's current certificate.{Download(subject)}"
                : $"Remove it. {Name(signer)}, which signed, is also in the file."
        );

    /// <summary>The key usage of an issuer does not allow to sign certificates.</summary>
    public CertificateFinding MayNotSign(X509Certificate2 issuer, X509Certificate2 subject) =>
        Finding(
            CertificateProblem.IssuerUnfit,
            $"{Name(issuer)} may not sign {Name(subject)}: its key usage does not include keyCertSign",
            $"Replace it with the certificate of a CA.{Download(subject)}"
        );

    /// <summary>The extended key usage of an issuer forbids certificates of servers.</summary>
    public CertificateFinding NotForServers(X509Certificate2 issuer) =>
        Finding(
            CertificateProblem.IssuerUnfit,
            $"{Name(issuer)} may not sign certificates of servers: its extended key usage does not include serverAuth",
            "Request the certificate from an issuer for servers."
        );

    /// <summary>OpenSSL forbids this certificate in this place.</summary>
    /// <param name="subject">The certificate before it; null for the leaf.</param>
    public CertificateFinding Unfit(X509Certificate2 certificate, ChainLink link, X509Certificate2? subject)
    {
        if (subject is not null && !CertificatePurpose.SignsCertificates(certificate))
        {
            return MayNotSign(certificate, subject);
        }

        var (what, hint) = link switch
        {
            _ when link.Has(OfNames) => (
                "the name constraints of an issuer do not allow its names",
                "Request the certificate from an issuer that may issue for the site's name."
            ),
            _ when !link.Has(X509ChainStatusFlags.InvalidBasicConstraints) => (
                link.Problems.First(p => (p.Status & Forbidden) != 0).StatusInformation.Trim().TrimEnd('.'),
                $"openssl x509 -in {ShellWord.Of(path)} -noout -text"
            ),
            _ when CertificatePurpose.IsAuthority(certificate) => (
                $"it allows at most {CertificatePurpose.PathLength(certificate)} intermediate certificates below it "
                    + "(pathlen), and the chain has more",
                "Request the certificate from an issuer that this CA allows."
            ),
            _ => (
                "it is not a CA certificate (basic constraints without CA:TRUE), so it may not sign others",
                "Replace it with the certificate of the CA, or request a new certificate from a CA."
            ),
        };
        return Finding(CertificateProblem.IssuerUnfit, $"{Name(certificate)}: {what}", hint);
    }

    /// <summary>The issuer of the last certificate is missing.</summary>
    public CertificateFinding Incomplete(X509Certificate2 last) =>
        Finding(
            CertificateProblem.ChainIncomplete,
            $"{last.GetNameInfo(X509NameType.SimpleName, forIssuer: true)} issued the last certificate, but is neither "
                + "in the file nor in this system's trust store",
            "Use the file with the full chain (most issuers call it fullchain.pem). Browsers refuse a chain with a "
                + $"gap.{Download(last)}"
        ) with
        {
            IsWarning = true,
        };

    // Public CAs write into a certificate where its issuer's is (RFC 5280, 4.2.2.1).
    private static string Download(X509Certificate2 subject)
    {
        try
        {
            var address = subject
                .Extensions.OfType<X509AuthorityInformationAccessExtension>()
                .SelectMany(e => e.EnumerateCAIssuersUris())
                .FirstOrDefault(IsWeb);
            return address is null
                ? ""
                : $" curl -fsS {ShellWord.Of(address)} | openssl x509 -inform DER -out issuer.crt";
        }
        catch (CryptographicException)
        {
            return "";
        }
    }

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private string Name(X509Certificate2 certificate) => CertificateNames.NameAmong(certificate, all);

    private CertificateFinding Finding(CertificateProblem problem, string what, string hint) =>
        new(problem, $"{ProvidedKeys.Certificate}: {path}: {what}", hint);
}
