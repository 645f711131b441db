using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Certificate;

/// <summary>
/// The certificate that the answers name cannot serve the site. Its class is that of the first finding, for example
/// <c>CertificateExpired</c>; where there are more, <see cref="InstallerException.Details"/> has all of them.
/// </summary>
public sealed class CertificateRefused : InstallerException
{
    private readonly CertificateProblem _problem;

    /// <param name="findings">At least one is no warning.</param>
    public CertificateRefused(IReadOnlyList<CertificateFinding> findings)
        : this(findings.First(f => !f.IsWarning)) =>
        Details = findings.Count == 1 ? [] : [.. findings.Select(f => TerminalText.Clean($"{f.Message}. {f.Hint}"))];

    private CertificateRefused(CertificateFinding first)
        : base(first.Message, first.Hint, ExitCode.StepFailed) => _problem = first.Problem;

    /// <inheritdoc/>
    public override string ErrorClass => $"Certificate{_problem}";
}
