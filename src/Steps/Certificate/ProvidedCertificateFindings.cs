using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Certificate.Provided;

namespace ErpInstaller.Certificate;

/// <summary>What there is to say of the certificate that the answers name, while they are given.</summary>
public static class ProvidedCertificateFindings
{
    /// <summary>Looks at chain and key. Quick; empty while either is not named, or the mode is another.</summary>
    /// <param name="now">The time that validity is judged by.</param>
    public static IReadOnlyList<CertificateFinding> Findings(AnswerFile answers, DateTimeOffset now) =>
        answers.Certificate is { Mode: CertificateMode.Provided, Certificate: { } chain, Key: { } key }
        && TextRules.AbsolutePath.Accepts(chain)
        && TextRules.AbsolutePath.Accepts(key)
            ? ProvidedCertificate.Check(chain, key, answers.Site.Name, now)
            : [];
}
