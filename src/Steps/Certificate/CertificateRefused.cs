using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate;

/// <summary>The error of a certificate that the answers name and that cannot serve the site.</summary>
internal static class CertificateRefused
{
    /// <summary>
    /// It has the code of the first finding that is no warning; where there are more findings,
    /// <see cref="InstallerException.Details"/> has all of them.
    /// </summary>
    /// <param name="findings">At least one of them is an error.</param>
    public static InstallerException For(IReadOnlyList<CertificateFinding> findings)
    {
        var first = findings.First(f => !f.IsWarning);
        return new InstallerException(CodeOf(first.Problem), first.Message, first.Hint)
        {
            Details =
                findings.Count == 1 ? [] : [.. findings.Select(f => TerminalText.Clean($"{f.Message}. {f.Hint}"))],
        };
    }

    private static ErrorCode CodeOf(CertificateProblem problem) =>
        problem switch
        {
            CertificateProblem.FileMissing => ErrorCode.CertificateFileMissing,
            CertificateProblem.FileUnreadable => ErrorCode.CertificateFileUnreadable,
            CertificateProblem.NotPem => ErrorCode.CertificateNotPem,
            CertificateProblem.FilesSwitched => ErrorCode.CertificateFilesSwitched,
            CertificateProblem.KeyOpenToOthers => ErrorCode.CertificateKeyOpenToOthers,
            CertificateProblem.KeyEncrypted => ErrorCode.CertificateKeyEncrypted,
            CertificateProblem.KeyUnsupported => ErrorCode.CertificateKeyUnsupported,
            CertificateProblem.KeyWeak => ErrorCode.CertificateKeyWeak,
            CertificateProblem.KeyMismatch => ErrorCode.CertificateKeyMismatch,
            CertificateProblem.ChainBroken => ErrorCode.CertificateChainBroken,
            CertificateProblem.IssuerUnfit => ErrorCode.CertificateIssuerUnfit,
            CertificateProblem.ChainOrder => ErrorCode.CertificateChainOrder,
            CertificateProblem.ChainIncomplete => ErrorCode.CertificateChainIncomplete,
            CertificateProblem.Expired => ErrorCode.CertificateExpired,
            CertificateProblem.NotYetValid => ErrorCode.CertificateNotYetValid,
            CertificateProblem.NameNotCovered => ErrorCode.CertificateNameNotCovered,
            CertificateProblem.WeakSignature => ErrorCode.CertificateWeakSignature,
            CertificateProblem.OfAuthority => ErrorCode.CertificateOfAuthority,
            CertificateProblem.NotForServers => ErrorCode.CertificateNotForServers,
            _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "This problem is only warned about."),
        };
}
