namespace ErpInstaller.Certificate.Provided;

/// <summary>Something about a certificate that the operator should know.</summary>
/// <param name="Problem">What it is.</param>
/// <param name="Message">One line: what is wrong with which file.</param>
/// <param name="Hint">What to do; a command to copy where there is one.</param>
/// <param name="IsWarning">The certificate is used all the same.</param>
public sealed record CertificateFinding(
    CertificateProblem Problem,
    string Message,
    string Hint,
    bool IsWarning = false
);
