using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Certificate;

/// <summary>Checks the certificate that the answers name, before an installation.</summary>
public static class ProvidedCertificateFindings
{
    /// <summary>
    /// Checks chain and key while the operator still types them. Fast. Empty while one of them is not named, or with
    /// another certificate mode.
    /// </summary>
    /// <param name="now">The time at which the certificate must be valid.</param>
    public static IReadOnlyList<CertificateFinding> Findings(AnswerFile answers, DateTimeOffset now) =>
        answers.Certificate is { Mode: CertificateMode.Provided, Certificate: { } chain, Key: { } key }
        && TextRules.AbsolutePath.Accepts(chain)
        && TextRules.AbsolutePath.Accepts(key)
            ? ProvidedCertificate.Check(chain, key, answers.Site.Name, now)
            : [];

    /// <summary>
    /// Checks chain and key where the answer file is checked, which may be another host or another user. There, a file
    /// that is missing or cannot be read is only a warning.
    /// </summary>
    /// <param name="now">The time at which the certificate must be valid.</param>
    /// <returns>Warnings.</returns>
    /// <exception cref="InstallerException">The certificate cannot serve the site.</exception>
    public static IReadOnlyList<CertificateFinding> CheckElsewhere(AnswerFile answers, DateTimeOffset now)
    {
        List<CertificateFinding> findings = [.. Findings(answers, now).Select(f => IsElsewhere(f) ? Warn(f) : f)];
        return findings.TrueForAll(f => f.IsWarning) ? findings : throw CertificateRefused.For(findings);
    }

    private static bool IsElsewhere(CertificateFinding finding) =>
        finding.Problem is CertificateProblem.FileMissing or CertificateProblem.FileUnreadable;

    private static CertificateFinding Warn(CertificateFinding finding) =>
        finding with
        {
            IsWarning = true,
            Hint = "It is checked where the installer runs: erp-installer check",
        };
}
