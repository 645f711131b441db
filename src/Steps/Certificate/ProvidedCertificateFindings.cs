using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Certificate;

/// <summary>Checks the certificate that the answers name while the operator still types them.</summary>
public static class ProvidedCertificateFindings
{
    /// <summary>
    /// Checks chain and key. Fast. Empty while one of them is not named, or with another certificate mode.
    /// </summary>
    /// <param name="now">The time at which the certificate must be valid.</param>
    public static IReadOnlyList<CertificateFinding> Findings(AnswerFile answers, DateTimeOffset now) =>
        answers.Certificate is { Mode: CertificateMode.Provided, Certificate: { } chain, Key: { } key }
        && TextRules.AbsolutePath.Accepts(chain)
        && TextRules.AbsolutePath.Accepts(key)
            ? ProvidedCertificate.Check(chain, key, answers.Site.Name, now)
            : [];
}
